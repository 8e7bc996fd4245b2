using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

public sealed class ScriptFaultTests(Scripts scripts) : IClassFixture<Scripts>
{
    [Theory]
    [InlineData("x = = 1", 1, 5, "Expression expected.")]
    [InlineData("var a = 1;\nvar b = ;\nreturn a", 2, 9, "Expression expected.")]
    [InlineData("var a = 1;\nreturn a }", 2, 10, "Declaration or statement expected.")]
    [InlineData("}); (function () {", 1, 1, "Declaration or statement expected.")]
    [InlineData("return {\n  a: [1, 2\n}", 3, 1, "',' expected.")]
    [InlineData("return (1", 1, 10, "ends too early")]
    [InlineData("var a = {\n  b: 1", 2, 7, "ends too early")]
    [InlineData("return 1 +", 1, 11, "ends too early")]
    [InlineData("return 'abc\n'", 1, 12, "Unterminated string literal.")]
    [InlineData("return `a", 1, 10, "ends too early")]
    [InlineData("return '' + {{ event.id }}", 1, 14, "Placeholders do not work in scripts")]
    public async Task A_syntax_error_has_its_place_in_the_code(string code, int line, int column, string message)
    {
        var error = Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Pool.CheckAsync(code, TestContext.Current.CancellationToken));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(error, await scripts.Run(code));
    }

    [Theory]
    [InlineData("return 1")]
    [InlineData("")]
    [InlineData("while (true) {}")]
    [InlineData("return nobody.knows // comment at the end")]
    public async Task A_check_reads_and_does_not_run(string code)
    {
        Assert.True(Assert.IsType<ScriptAnswer.Returned>(await scripts.Pool.CheckAsync(code, TestContext.Current.CancellationToken)).Json.IsEmpty);
    }

    [Theory]
    [InlineData("throw new Error('no budget')", 1, "no budget")]
    [InlineData("var a = 1;\n\n  throw new TypeError('bad kind')", 3, "TypeError: bad kind")]
    [InlineData("throw 'text'", 1, "text")]
    [InlineData("throw 12.5", 1, "12.5")]
    [InlineData("\nthrow { code: 1 }", 2, "an object without a message")]
    [InlineData("throw { message: 'of an object' }", 1, "of an object")]
    [InlineData("function f() {\n  return nobody;\n}\nreturn f()", 2, "ReferenceError: nobody is not defined")]
    [InlineData("return {\n  a: 1,\n  b: event.live.name\n}", 3, "TypeError: cannot use 'name'")]
    [InlineData("var a = null;\nreturn a.b", 2, "cannot use 'b': the value before it is undefined or null")]
    [InlineData("var o = {};\nreturn o.map(function (x) { return x })", 2, "no method 'map'")]
    [InlineData("try { null.x } catch (e) {}\nreturn gone", 2, "gone is not defined")]
    [InlineData("return JSON.parse('{bad')", 1, "SyntaxError")]
    [InlineData("return new RegExp('(')", 1, "SyntaxError")]
    [InlineData("return decodeURIComponent('%')", 1, "URIError")]
    [InlineData("return (1).toPrecision(0)", 1, "RangeError")]
    public async Task An_error_of_the_script_has_its_message_and_line(string code, int line, string message)
    {
        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run(code, """{"event":{}}"""));

        Assert.Equal(line, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Jint", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_column_of_an_error_is_that_of_the_name_it_failed_on()
    {
        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run("return event.live.name", """{"event":{}}"""));

        Assert.Equal((1, 19), (error.Line, error.Column));
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run("throw new Error(new Array(5000).join('x'))"));

        Assert.InRange(error.Message.Length, 400, 600);
    }

    [Theory]
    [InlineData("try { (function () { throw { code: 7 } })() } catch (e) { return e.code }", "7")]
    [InlineData("try { throw Object.freeze({ message: 'cold' }) } catch (e) { return e.message }", "\"cold\"")]
    [InlineData("try { null.x } catch (e) { return e instanceof TypeError }", "true")]
    [InlineData("var r = []; for (var i = 0; i < 2; i++) { var x = /a/g; r.push(x.test('a'), x.lastIndex) } return r", "[true,1,true,1]")]
    [InlineData("return [(123.456).toPrecision(4), (0.00001).toPrecision(1), (1234567).toPrecision(2), (0).toPrecision(3), (-1.5).toPrecision(5)]",
        """["123.5","0.00001","1.2e+6","0.00","-1.5000"]""")]
    public async Task What_the_engine_gets_wrong_is_repaired(string code, string json)
    {
        Assert.Equal(json, await scripts.Json(code));
    }
}
