using System.Text.Json;
using ConnectorHub.Scripting;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>Scripts that mean harm, or are written without thought. Each is followed by one that must not notice.</summary>
public sealed class HostileScriptTests(Scripts scripts) : IClassFixture<Scripts>
{
    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;) try { throw 1 } catch (e) {}")]
    [InlineData("return { get a() { while (true) {} } }")]
    [InlineData("return '' + { toString: function () { while (true) {} } }")]
    [InlineData("return { toJSON: function () { while (true) {} } }")]
    [InlineData("throw { get message() { while (true) {} } }")]
    [InlineData("return new Array(2e8).join('x').length")]
    [InlineData("return Array.prototype.slice.call({ length: 4e9 }).length")]
    [InlineData("var s = ''; for (;;) s += 'x';")]
    public async Task Work_without_end_is_stopped_by_its_CPU_time(string code)
    {
        var over = Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run(code));

        Assert.False(over.Wall);
        Assert.StartsWith("The script took longer than 250 ms of CPU.", over.Message, StringComparison.Ordinal);
        Assert.Equal("2", await scripts.Json("return 1 + 1"));
    }

    [Theory]
    [InlineData("var s = 'x'; for (;;) s += s;")]
    [InlineData("var a = [new Array(1e7).join]; for (;;) a = a.concat(a);")]
    public async Task Growth_without_end_is_stopped(string code)
    {
        var over = Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run(code));

        Assert.False(over.Wall);
        Assert.Equal("2", await scripts.Json("return 1 + 1"));
    }

    [Fact]
    public async Task Text_that_doubles_hits_the_memory_limit()
    {
        await using var patient = new Scripts(new ScriptPoolOptions { Hosts = 1, Cpu = TimeSpan.FromSeconds(20), Wall = TimeSpan.FromSeconds(60) });

        Assert.Contains("64 MB of memory", Assert.IsType<ScriptAnswer.OverBudget>(await patient.Run("var s = 'x'; for (;;) s += s;")).Message, StringComparison.Ordinal);
        Assert.Equal("2", await patient.Json("return 1 + 1"));
    }

    [Theory]
    [InlineData("function f() { return f() } return f()")]
    [InlineData("function f() { return g() } function g() { return f() } return f()")]
    [InlineData("var o = { get x() { return this.x } }; return o.x")]
    [InlineData("var o = {}; o.toString = function () { return '' + o }; return '' + o")]
    [InlineData("return JSON.parse(new Array(3000).join('['))")]
    public async Task Recursion_without_end_is_an_error_of_the_script(string code)
    {
        // On a busy machine the stack may take longer to fill than the usual budget allows.
        await using var patient = new Scripts(new ScriptPoolOptions { Hosts = 1, Cpu = TimeSpan.FromSeconds(20), Wall = TimeSpan.FromSeconds(60) });

        Assert.StartsWith("RangeError", Assert.IsType<ScriptAnswer.Threw>(await patient.Run(code)).Message, StringComparison.Ordinal);
        Assert.Equal("2", await patient.Json("return 1 + 1"));
    }

    [Theory]
    [InlineData("return /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')")]
    [InlineData("return /^(a|a)*$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')")]
    [InlineData("return /(.*)(.*)(.*)(.*)(.*)x/.test(new Array(500).join('ab'))")]
    [InlineData("return 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.replace(/(?=(a+)+$)b/g, '').match(/(a*)*$/.source + '(?!.)(a+)+c')")]
    public async Task A_hopeless_regular_expression_is_an_error_of_the_script(string code)
    {
        // By its steps, not by the clock: the same on every machine.
        await using var patient = new Scripts(new ScriptPoolOptions { Hosts = 1, Cpu = TimeSpan.FromSeconds(20), Wall = TimeSpan.FromSeconds(60) });

        Assert.StartsWith("A regular expression took too long.", Assert.IsType<ScriptAnswer.Threw>(await patient.Run(code)).Message, StringComparison.Ordinal);
        Assert.Equal("2", await scripts.Json("return 1 + 1"));
    }

    public static TheoryData<string, string, string> Deep => new()
    {
        { "parentheses", new string('(', 20_000) + "1", new string(')', 20_000) },
        { "brackets in text that hides them", "return " + string.Concat(Enumerable.Repeat("(')',", 3_000)) + "1", new string(')', 3_000) },
        { "prefix operators", "return " + new string('!', 60_000), "1" },
        { "assignments", "var x;" + string.Concat(Enumerable.Repeat("x=", 30_000)), "1" },
        { "statements", string.Concat(Enumerable.Repeat("if(1)", 12_000)), "return 1" },
        { "choices", "return " + string.Concat(Enumerable.Repeat("1?1:", 15_000)), "1" },
        { "sums", "return " + string.Concat(Enumerable.Repeat("1+", 30_000)), "1" },
        { "members", "return a", string.Concat(Enumerable.Repeat(".b", 30_000)) },
        { "calls", "return a", string.Concat(Enumerable.Repeat("()", 30_000)) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task Code_that_is_too_deep_is_a_syntax_error(string what, string opening, string closing)
    {
        var error = Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Pool.CheckAsync(opening + closing, TestContext.Current.CancellationToken));

        Assert.True(error.Message.StartsWith("The script is nested too deeply here", StringComparison.Ordinal), what);
        Assert.Equal("2", await scripts.Json("return 1 + 1"));
    }

    [Fact]
    public async Task Code_that_is_too_long_is_a_syntax_error()
    {
        Assert.Contains("at most 65536", Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Run(new string(' ', 70_000))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return eval('1')")]
    [InlineData("return (0, eval)('1')")]
    [InlineData("return Function('return this')()")]
    [InlineData("return new Function('return 1')()")]
    [InlineData("return ({}).constructor.constructor('return this')()")]
    [InlineData("return (function () {}).constructor('return this')()")]
    [InlineData("return hub.now.constructor.constructor('return this')()")]
    [InlineData("return Date.constructor('return this')()")]
    [InlineData("return Function.prototype.constructor.call(null, 'return 1')()")]
    public async Task Code_is_never_made_from_text(string code)
    {
        Assert.IsType<ScriptAnswer.Threw>(await scripts.Run(code));
    }

    [Fact]
    public async Task A_script_sees_nothing_of_its_host()
    {
        Assert.Equal(
            "[]",
            await scripts.Json(
                "return ['System', 'importNamespace', 'clr', 'host', 'process', 'require', 'global', 'console', 'java', 'module', 'setTimeout']"
                + ".filter(function (n) { return n in this }, this)"));
        Assert.Equal("\"function\"", await scripts.Json("return typeof (function () { return arguments.callee })()"));
        Assert.Equal(
            FilterCatalog.All.Select(filter => filter.Name).Append("log").Append("now").Order(StringComparer.Ordinal),
            JsonSerializer.Deserialize<string[]>(await scripts.Json("return Object.getOwnPropertyNames(hub).sort()")));
    }

    [Fact]
    public async Task What_one_call_leaves_behind_the_next_does_not_find()
    {
        await using var one = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30) });
        const string Probe = "return [({}).evil === undefined, [].map === Array.prototype.map, typeof leaked, JSON.stringify({ a: 1 }), /x/.seen === undefined]";

        await one.Json("Object.prototype.evil = 1; Array.prototype.map = null; leaked = 1; JSON = { stringify: function () { return 'bad' } }; RegExp.prototype.seen = 1; return 1");

        Assert.Equal("""[true,true,"undefined","{\"a\":1}",true]""", await one.Json(Probe));
        Assert.Equal("""[true,true,"undefined","{\"a\":1}",true]""", await one.Json(Probe));
    }

    [Theory]
    [InlineData("this['#or'] = function () { return 'stolen' }; return -1 | 2")]
    [InlineData("delete this['#or']; return -1 | 2")]
    [InlineData("try { Object.defineProperty(this, '#or', { value: 1 }) } catch (e) {} return -1 | 2")]
    public async Task The_repair_cannot_be_taken_apart(string code)
    {
        Assert.Equal("-1", await scripts.Json(code));
    }
}
