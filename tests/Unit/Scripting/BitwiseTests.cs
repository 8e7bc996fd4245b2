namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>ToInt32 and ToUint32 as the standard has them; the engine itself has them wrong on today's runtime.</summary>
public sealed class BitwiseTests(Scripts scripts) : IClassFixture<Scripts>
{
    public static readonly TheoryData<string, string> Table = new()
    {
        { "-1 | 0", "-1" }, { "1 | 2", "3" }, { "-8 | 3", "-5" }, { "0 | 0", "0" }, { "2147483647 | 0", "2147483647" },
        { "2147483648 | 0", "-2147483648" }, { "4294967295 | 0", "-1" }, { "4294967296 | 0", "0" }, { "-2147483649 | 0", "2147483647" },
        { "1e21 | 0", "-559939584" }, { "-1e21 | 0", "559939584" }, { "NaN | 0", "0" }, { "Infinity | 0", "0" }, { "-Infinity | 0", "0" },
        { "3.99 | 0", "3" }, { "-3.99 | 0", "-3" }, { "'7' | 0", "7" }, { "'-7' | 0", "-7" }, { "'x' | 0", "0" }, { "null | 1", "1" },
        { "undefined | 1", "1" }, { "true | 2", "3" }, { "[5] | 0", "5" }, { "({ valueOf: function () { return -9 } }) | 0", "-9" },
        { "-1 & 255", "255" }, { "-256 & 4095", "3840" }, { "6 & 3", "2" }, { "-1 & -2", "-2" }, { "4294967295 & 1", "1" }, { "1.9 & 3.9", "1" },
        { "-1 ^ 0", "-1" }, { "5 ^ 3", "6" }, { "-1 ^ -1", "0" }, { "-5 ^ 3", "-8" }, { "2147483648 ^ 1", "-2147483647" },
        { "~0", "-1" }, { "~-1", "0" }, { "~5", "-6" }, { "~-6", "5" }, { "~~-2.7", "-2" }, { "~2147483648", "2147483647" }, { "~'a'.indexOf('b')", "0" },
        { "~NaN", "-1" }, { "1 << 31", "-2147483648" }, { "1 << 32", "1" }, { "1 << -1", "-2147483648" }, { "-1 << 4", "-16" },
        { "-1 << 31", "-2147483648" }, { "255 << 24", "-16777216" }, { "-8 >> 1", "-4" }, { "-1 >> 31", "-1" }, { "8 >> 33", "4" },
        { "4294967295 >> 1", "-1" }, { "-7 >> 1", "-4" }, { "-1 >>> 0", "4294967295" }, { "-1 >>> 31", "1" }, { "-8 >>> 28", "15" },
        { "-2147483648 >>> 0", "2147483648" }, { "5 >>> 1", "2" }, { "-1 >>> 32", "4294967295" }, { "1 + 2 | 4 ^ 7 & -2", "3" },
        { "(-1 | 0) === -1 && (-5 >>> 0) % 2", "1" },
    };

    public static readonly TheoryData<string, string> Assignments = new()
    {
        { "var x = 5; x |= -8; return x", "-3" }, { "var x = -1; x &= 15; return x", "15" }, { "var x = -1; x ^= 1; return x", "-2" },
        { "var x = -1; x <<= 3; return x", "-8" }, { "var x = -9; x >>= 1; return x", "-5" }, { "var x = -1; x >>>= 28; return x", "15" },
        { "var o = { a: 1 }; o.a |= 6; o['a'] <<= 1; return o.a", "14" },
        { "var i = 0, a = [1, 2]; a[i++] |= 8; return [i, a]", "[1,[9,2]]" },
        { "var n = 0; function f() { n++; return { x: -1 } } f().x |= 1; return n", "1" },
        { "var k = 0, o = { k0: 4 }; o[{ toString: function () { return 'k' + k++ } }] |= 1; return [k, o]", "[1,{\"k0\":5}]" },
        { "var o = { x: 1 }; o.x |= (o.x = 64, 2); return o.x", "3" },
        { "function f(n) { var o = { v: n }; o.v |= n ? f(n - 1) : 0; return o.v } return f(5)", "7" },
        { "var x = 1; return [x |= 2, x]", "[3,3]" },
        { "var s = 0; for (var i = -3; i < 3; i++) s ^= i; return s", "-1" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_operator_works_on_32_bits(string expression, string value)
    {
        Assert.Equal(value, await scripts.Json("return " + expression));
    }

    [Theory]
    [MemberData(nameof(Assignments))]
    public async Task An_assignment_evaluates_its_target_once_and_first(string code, string value)
    {
        Assert.Equal(value, await scripts.Json(code));
    }
}
