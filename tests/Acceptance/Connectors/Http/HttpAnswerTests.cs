using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Http;

namespace ConnectorHub.Tests.Acceptance.Connectors.Http;

public sealed class HttpAnswerTests
{
    private const string Post = """{"url":"x","method":"POST","body":{},"output":{"id":"data.id"}}""";

    [Theory]
    [InlineData("""{"data":{"name":"a"}}""", "'data' is a map of name")]
    [InlineData("""{"data":[{"id":1}]}""", "'data' is a list of 1")]
    [InlineData("""{"data":"a"}""", "'data' is a text")]
    [InlineData("""{"items":[]}""", "its top is a map of items")]
    public async Task A_path_that_leads_nowhere_says_what_is_there_and_that_the_request_was_done(string body, string said)
    {
        var failed = await FailAsync(Post, ScriptedContext.Answer(200, body));

        Assert.Equal((FailureKind.Rejected, "output_missing"), (failed.Kind, failed.Code));
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.Contains("answered 200 and done", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", FailureKind.Unconfirmed)]
    [InlineData("GET", FailureKind.Transient)]
    public async Task An_answer_that_is_no_JSON_has_no_parts_to_name(string method, FailureKind kind)
    {
        var failed = await FailAsync($$"""{"url":"x","method":"{{method}}","output":{"id":"id"} }""", ScriptedContext.Answer(200, "<html>"));

        Assert.Equal((kind, "answer_not_json"), (failed.Kind, failed.Code));
    }

    [Theory]
    [InlineData("""{"url":"x","output":{}}""", "'output' has 0 names")]
    [InlineData("""{"url":"x","output":{"id":""}}""", "a path is names and numbers")]
    [InlineData("""{"url":"x","output":{"id":"a..b"}}""", "a path is names and numbers")]
    [InlineData("""{"url":"x","method":"HEAD","output":{"id":"a"}}""", "HEAD")]
    public async Task A_path_that_cannot_be_meant_sends_nothing(string input, string said)
    {
        var context = new ScriptedContext(new Dictionary<string, Secret>(), _ => ScriptedContext.Answer(200, "{}"));

        Assert.Contains(said, (await FailAsync(input, context)).Message, StringComparison.Ordinal);
        Assert.Empty(context.Requests);
    }

    [Theory]
    [InlineData("https://Elsewhere.example/one-time?token=abc", "to 'elsewhere.example'")]
    [InlineData("/login", "another address of the same host")]
    [InlineData("", "a redirect.")]
    public async Task A_redirect_names_the_host_and_not_what_stands_behind_it(string location, string said)
    {
        var failed = await FailAsync("""{"url":"x"}""", ScriptedContext.Answer(302, "", ("Location", location)));

        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_gone_for_good_says_so() =>
        Assert.Contains("gone for good", (await FailAsync("""{"url":"x"}""", ScriptedContext.Answer(410))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Request-Id", "X-Request-Id")]
    [InlineData("none", null)]
    [InlineData("", "Idempotency-Key")]
    public async Task The_key_travels_in_the_header_that_the_connection_names(string setting, string? header)
    {
        var context = Attempt(setting);

        await new HttpRequest().ExecuteAsync(JsonElement.Parse("""{"url":"x","method":"POST"}"""), context, TestContext.Current.CancellationToken);

        Assert.Equal(header, Assert.Single(context.Requests).Headers.Where(one => one.Value == ScriptedContext.Key).Select(one => one.Key).SingleOrDefault());
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Content-Length")]
    [InlineData("X A")]
    [InlineData("X\r\nY")]
    public async Task A_header_that_is_none_or_not_ours_to_set_blocks_the_connection(string setting)
    {
        var context = Attempt(setting);

        var failed = await FailAsync("""{"url":"x","method":"POST"}""", context);

        Assert.Equal((FailureKind.Unauthorized, "setting_wrong"), (failed.Kind, failed.Code));
        Assert.Empty(context.Requests);
    }

    private static ScriptedContext Attempt(string setting) => new(new Dictionary<string, Secret>(), _ => ScriptedContext.Answer(200, "{}"))
    {
        Settings = new Dictionary<string, string> { ["IdempotencyHeader"] = setting },
    };

    private static Task<StepOutcome.Failed> FailAsync(string input, SendReply reply) =>
        FailAsync(input, new ScriptedContext(new Dictionary<string, Secret>(), _ => reply));

    private static async Task<StepOutcome.Failed> FailAsync(string input, ScriptedContext context) => Assert.IsType<StepOutcome.Failed>(
        await new HttpRequest().ExecuteAsync(JsonElement.Parse(input), context, TestContext.Current.CancellationToken));
}
