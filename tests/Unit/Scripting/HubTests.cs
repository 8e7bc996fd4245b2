using ConnectorHub.Scripting;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Scripting;

public sealed class HubTests(Scripts scripts) : IClassFixture<Scripts>
{
    [Fact]
    public async Task Every_filter_is_a_function_of_its_input_and_its_arguments()
    {
        Assert.Equal("[]", await scripts.Json("return names.filter(function (name) { return typeof hub[name] !== 'function' })", $"{{\"names\":{System.Text.Json.JsonSerializer.Serialize(FilterCatalog.All.Select(filter => filter.Name))}}}"));
    }

    [Theory]
    [InlineData("hub.date('2024-05-07T15:28:34Z', 'dddd d MMMM yyyy HH:mm', 'fr')", "\"mardi 7 mai 2024 17:28\"")]
    [InlineData("hub.date(new Date(1715095714000), 'yyyy-MM-dd')", "\"2024-05-07\"")]
    [InlineData("hub.from_unix(1715095714)", "\"2024-05-07T17:28:34+02:00\"")]
    [InlineData("hub.date(hub.from_unix(1715095714), 'HH:mm')", "\"17:28\"")]
    [InlineData("new Date(hub.from_unix(1715095714)).getTime()", "1715095714000")]
    [InlineData("hub.to_unix(hub.now)", "1772366400")]
    [InlineData("hub.hash('ada@acme.example').slice(0, 8)", "\"2a132241\"")]
    [InlineData("hub.format(1234.5, '#,##0.00', 'de')", "\"1.234,50\"")]
    [InlineData("hub.split('a, b', ',')", "[\"a\",\"b\"]")]
    [InlineData("hub.join(['CEO', null, 'Paris'], ' / ')", "\"CEO / Paris\"")]
    [InlineData("hub.match('Order #4711', '#(\\\\d+)')", "\"4711\"")]
    [InlineData("hub.match('none', 'x') === undefined", "true")]
    [InlineData("hub.upper(null)", "null")]
    [InlineData("hub['default'](undefined, 'there')", "\"there\"")]
    [InlineData("hub.default('', 'there')", "\"there\"")]
    [InlineData("hub.json({ a: [1, null], b: 'x' })", "\"{\\\"a\\\":[1,null],\\\"b\\\":\\\"x\\\"}\"")]
    [InlineData("hub.as_is({ id: id })", "{\"id\":9007199254740993}")]
    [InlineData("hub.truncate('A very long title', 10)", "\"A very lo…\"")]
    public async Task A_filter_takes_and_returns_values_of_the_script(string expression, string json)
    {
        Assert.Equal(json, await scripts.Json($"return {expression}", """{"id":9007199254740993}"""));
    }

    [Theory]
    [InlineData("return {\n  on: hub.date('soon', 'd MMM')\n}", 2, "'date' needs a moment; it got the text \"soon\"")]
    [InlineData("hub.date()", 1, "hub.date needs a value: hub.date(value, pattern, language)")]
    [InlineData("return hub.upper([1])", 1, "'upper' takes")]
    [InlineData("return hub.truncate('x')", 1, "'truncate' takes 1 to 2 arguments")]
    [InlineData("return hub.hash(NaN)", 1, "hub.hash: the value is NaN")]
    [InlineData("return hub.json(function () {})", 1, "hub.json: the value is a function")]
    [InlineData("var a = []; a[0] = a; return hub.json(a)", 1, "contains itself")]
    public async Task A_filter_that_fails_throws_its_message_at_its_place(string code, int line, string message)
    {
        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run(code));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public async Task What_a_script_logs_comes_with_its_answer()
    {
        var answer = await scripts.Run("hub.log('seats', 3, { a: [1, null] }, undefined); hub.log(new TypeError('x'), function () {}); return 1");

        Assert.Equal(["seats 3 {\"a\":[1,null]} undefined", "TypeError: x [function]"], answer.Log);
    }

    [Fact]
    public async Task What_a_script_logged_before_it_failed_is_kept()
    {
        var answer = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run("hub.log('before'); null.x"));

        Assert.Equal(["before"], answer.Log);
    }

    [Fact]
    public async Task A_log_is_text_of_bounded_length()
    {
        var many = await scripts.Run("for (var i = 0; i < 60; i++) hub.log(i); return 1");
        var much = await scripts.Run("for (var i = 0; i < 40; i++) hub.log('x'.repeat(2000)); return 1");
        var odd = await scripts.Run("hub.log('a\\u001b[31m\\nb'); return 1");

        Assert.Equal((51, "49", "(10 more not kept)"), (many.Log.Count, many.Log[49], many.Log[50]));
        Assert.All(much.Log, line => Assert.InRange(line.Length, 1, 501));
        Assert.InRange(much.Log.Sum(line => line.Length), 7_000, 8 * 1024 + 100);
        Assert.Equal(["a [31m b"], odd.Log);
    }

    [Fact]
    public async Task The_same_call_comes_to_the_same_bytes_on_every_host()
    {
        const string Code = """
            var r = [Math.random(), new Date().toString(), new Date(2024, 2, 31, 2, 30).toISOString(), (1234.5).toLocaleString(), hub.now];
            var o = { b: 1, a: 2 }; delete o.b; o.c = Math.random(); o.b = hub.hash(text);
            return [r, o, text.split(/\s+/).sort(), Array.from(new Set(text)).join(''), hub.date(hub.now, 'dddd', 'fr')];
            """;
        const string Names = """{"text":"the quick brown fox jumps over the lazy dog"}""";
        await using var several = new Scripts(new ScriptPoolOptions { Hosts = 3, RunsPerHost = 100, Cpu = TimeSpan.FromSeconds(20), Wall = TimeSpan.FromSeconds(60) });

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => several.Json(Code, Names)));

        Assert.Single(answers.Distinct());
    }
}
