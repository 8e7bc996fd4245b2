using System.Text;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

public sealed class ScriptValueTests(Scripts scripts) : IClassFixture<Scripts>
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("-12.5")]
    [InlineData("19.9")]
    [InlineData("1e+21")]
    [InlineData("1e-7")]
    [InlineData("0.000001")]
    [InlineData("5e-324")]
    [InlineData("1.7976931348623157e+308")]
    [InlineData("9007199254740991")]
    [InlineData("\"\"")]
    [InlineData("\"text with \\\"quotes\\\", \\\\ and \\n\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1,[2,[3,[]]],{\"a\":null}]")]
    [InlineData("{\"b\":1,\"a\":{\"odd key\":[true]},\"\":0}")]
    [InlineData("{\"__proto__\":{\"a\":1},\"constructor\":2,\"toString\":3}")]
    public async Task A_value_goes_through_a_script_unchanged(string json)
    {
        Assert.Equal(json, await scripts.Json("return value", $"{{\"value\":{json}}}"));
    }

    [Fact]
    public async Task Text_of_every_script_keeps_its_characters()
    {
        const string Text = "naïve Łódź 日本 🎉 \u2028 \u0001";

        var json = await scripts.Json("return [text, text.length, 'é🎉'.length]", $"{{\"text\":{System.Text.Json.JsonSerializer.Serialize(Text)}}}");

        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal(Text, document.RootElement[0].GetString());
        Assert.Equal(Text.Length, document.RootElement[1].GetInt32());
        Assert.Equal(3, document.RootElement[2].GetInt32());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_comes_in_and_goes_out_as_a_replacement_character()
    {
        Assert.Equal("[1,\"\uFFFD\"]", await scripts.Json("return [text.length, text]", "{\"text\":\"\\ud83d\"}"));
    }

    [Fact]
    public async Task A_whole_number_beyond_two_to_the_53_keeps_its_digits_untouched_and_in_text()
    {
        const string Names = """{"id":9007199254740993,"n":-123456789012345678901234567890}""";

        Assert.Equal(
            """{"id":9007199254740993,"in":"id 9007199254740993","n":[-123456789012345678901234567890]}""",
            await scripts.Json("var copy = id; return { id: copy, in: 'id ' + id, n: [n] }", Names));
    }

    [Theory]
    [InlineData("0.1234567890123456789", "0.12345678901234568")]
    [InlineData("19.90", "19.9")]
    [InlineData("1.0", "1")]
    [InlineData("-0", "0")]
    [InlineData("1e400", "1e400")]
    public async Task A_fraction_is_rounded_as_JavaScript_rounds_it(string given, string returned)
    {
        Assert.Equal(returned, await scripts.Json("return value", $"{{\"value\":{given}}}"));
    }

    [Fact]
    public async Task Dates_boxed_values_and_toJSON_are_written_as_JSON_stringify_writes_them()
    {
        Assert.Equal(
            """{"d":"1970-01-01T00:00:00.000Z","s":"x","n":1,"j":{"b":[2]},"l":[null,null]}""",
            await scripts.Json("return { d: new Date(0), s: new String('x'), n: Object(1), j: { toJSON: function () { return { b: [2] } } }, l: [undefined, ,], u: undefined }"));
    }

    [Theory]
    [InlineData("return", "returned nothing")]
    [InlineData("var a = 1", "returned nothing")]
    [InlineData("return function () {}", "The returned value is a function")]
    [InlineData("return { name: ''.trim }", "In the returned value, name is a function. Call it")]
    [InlineData("return NaN", "The returned value is NaN")]
    [InlineData("return { a: { b: [1, 0 / 0] } }", "a.b[1] is NaN")]
    [InlineData("return [1 / 0]", "[0] is infinite")]
    [InlineData("return { when: new Date('soon') }", "when is an invalid date")]
    [InlineData("var a = {}; a.a = a; return a", "refers to itself")]
    [InlineData("var a = []; a[0] = a; return a", "refers to itself")]
    [InlineData("var a = 1; for (var i = 0; i < 5000; i++) a = [a]; return a", "nested deeper than 64")]
    [InlineData("var s = 'é'; for (var i = 0; i < 20; i++) s += s; return [s]", "more than 1048576 bytes")]
    [InlineData("var a = []; a.length = 4294967295; return a", "more than 1048576 bytes")]
    public async Task What_has_no_JSON_form_is_named_with_its_place(string code, string message)
    {
        Assert.Contains(message, Assert.IsType<ScriptAnswer.NotJson>(await scripts.Run(code)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_up_to_the_limit_is_returned_and_one_byte_more_is_not()
    {
        await using var small = new Scripts(new ScriptPoolOptions { Hosts = 1, MaxOutputBytes = 10, Wall = TimeSpan.FromSeconds(30) });

        Assert.Equal("\"12345678\"", await small.Json("return '12345678'"));
        Assert.IsType<ScriptAnswer.NotJson>(await small.Run("return '123456789'"));
        Assert.IsType<ScriptAnswer.NotJson>(await small.Run("return [12345,67890]"));
    }

    [Fact]
    public async Task Names_beyond_the_limit_never_reach_a_host()
    {
        var names = Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', 5 * 1024 * 1024) + "\"}");

        var answer = await scripts.Pool.RunAsync(new ScriptCall("return 1", "h", names, Scripts.Now, ""), TestContext.Current.CancellationToken);

        Assert.Contains("at most 4194304", Assert.IsType<ScriptAnswer.OverBudget>(answer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_too_deep_are_refused()
    {
        var names = $"{{\"a\":{new string('[', 2000)}{new string(']', 2000)}}}";

        Assert.Contains("512 levels", Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run("return 1", names)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_the_recipe_does_not_replace_hub()
    {
        Assert.Equal("\"2026-03-01T12:00:00.000Z\"", await scripts.Json("hub = 1; hub.now = 2; return hub.now", """{"hub":{"now":"never"}}"""));
    }
}
