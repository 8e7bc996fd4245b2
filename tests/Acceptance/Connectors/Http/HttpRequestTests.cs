using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Http;

namespace ConnectorHub.Tests.Acceptance.Connectors.Http;

public sealed class HttpRequestTests
{
    private readonly HttpRequest _action = new();

    [Fact]
    public void The_fields_are_read_from_the_record()
    {
        var url = _action.Shape.Inputs.Single(field => field.Name == "url");
        var method = _action.Shape.Inputs.Single(field => field.Name == "method");

        Assert.Equal((true, TextKind.UrlPart), (url.Required, url.TextKind));
        Assert.Equal(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], method.Allowed);
        Assert.Equal(TextKind.Header, _action.Shape.Inputs.Single(field => field.Name == "headers").TextKind);
        Assert.Equal(["url"], _action.Shape.Inputs.Where(field => field.Required).Select(field => field.Name));
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    public async Task Everything_that_may_change_something_carries_the_effect_key(string method, bool keyed)
    {
        var (_, request) = await RunAsync($$"""{"url":"https://api.example.com/x","method":"{{method}}"}""");

        Assert.Equal(keyed, request!.Headers.Any(header => header is { Key: "Idempotency-Key", Value: ScriptedContext.Key }));
        Assert.Equal(!keyed, request.Reads);
        Assert.Equal(method, request.Method.Method);
    }

    [Fact]
    public async Task A_JSON_body_is_sent_digit_for_digit()
    {
        var (_, request) = await RunAsync("""{"url":"x","method":"POST","body":{"id":12345678901234567890,"name":"Zoë"}}""");

        Assert.Equal("""{"id":12345678901234567890,"name":"Zoë"}""", Encoding.UTF8.GetString(request!.Body.Span));
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
    }

    [Fact]
    public async Task A_content_type_of_the_recipe_replaces_ours()
    {
        var (_, request) = await RunAsync("""{"url":"x","method":"POST","text":"a=1","headers":{"content-type":"application/x-www-form-urlencoded","X-A":"1"}}""");

        Assert.Equal("application/x-www-form-urlencoded", request!.ContentType);
        Assert.Equal(["X-A", "Idempotency-Key"], request.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task The_scheme_of_the_credential_shows_and_the_credential_does_not()
    {
        var (_, request) = await RunAsync("""{"url":"x"}""", secrets: new() { ["Authorization"] = new("Bearer abc"), ["ApiKey"] = new("def") });

        Assert.Equal(
            [("Authorization", "Bearer ", "abc"), ("X-Api-Key", string.Empty, "def")],
            request!.SecretHeaders.Select(header => (header.Name, header.Prefix, header.Value.Reveal())));
    }

    [Theory]
    [InlineData("""{"url":""}""", "url")]
    [InlineData("""{"url":"x","body":{}}""", "no body")]
    [InlineData("""{"url":"x","method":"POST","body":{},"text":"t"}""", "one body")]
    [InlineData("""{"url":"x","method":"post"}""", "POST")]
    [InlineData("""{"url":"x","headers":{"Authorization":"Bearer x"}}""", "connection's secrets")]
    [InlineData("""{"url":"x","headers":{"cookie":"a=b"}}""", "connection's secrets")]
    [InlineData("""{"url":"x","headers":{"Host":"evil.example"}}""", "hub sets itself")]
    [InlineData("""{"url":"x","headers":{"transfer-encoding":"chunked"}}""", "hub sets itself")]
    [InlineData("""{"url":"x","headers":{"idempotency-key":"1"}}""", "hub sets itself")]
    [InlineData("""{"url":"x","headers":{"X A":"1"}}""", "headers")]
    [InlineData("""{"url":"x","headers":{"X-A":"1\r\nX-B: 2"}}""", "line break")]
    [InlineData("""{"url":"x","expect":[]}""", "empty list")]
    [InlineData("""{"url":"x","expect":["2xx","all"]}""", "'all'")]
    [InlineData("""{"url":"x","expect":["600"]}""", "'600'")]
    public async Task A_request_that_cannot_be_meant_is_not_sent(string input, string because)
    {
        var (outcome, request) = await RunAsync(input);

        Assert.Null(request);
        Assert.Equal(FailureKind.Rejected, Outcomes.Kind(outcome));
        Assert.Contains(because, Outcomes.Show(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", 404, FailureKind.Rejected)]
    [InlineData("GET", 408, FailureKind.Transient)]
    [InlineData("POST", 425, FailureKind.Transient)]
    [InlineData("POST", 429, FailureKind.RateLimited)]
    [InlineData("POST", 500, FailureKind.Unconfirmed)]
    [InlineData("POST", 501, FailureKind.Rejected)]
    [InlineData("POST", 503, FailureKind.Transient)]
    [InlineData("POST", 505, FailureKind.Rejected)]
    [InlineData("POST", 522, FailureKind.Unconfirmed)]
    [InlineData("GET", 502, FailureKind.Transient)]
    [InlineData("POST", 302, FailureKind.Rejected)]
    [InlineData("POST", 410, FailureKind.Rejected)]
    [InlineData("POST", 401, FailureKind.Rejected)]
    [InlineData("POST", 403, FailureKind.Rejected)]
    public async Task A_status_that_was_not_expected_is_judged_by_what_it_leaves_in_doubt(string method, int status, FailureKind kind)
    {
        var (outcome, _) = await RunAsync($$"""{"url":"https://api.example.com/x","method":"{{method}}"}""", ScriptedContext.Answer(status, "no"));

        Assert.Equal(kind, Outcomes.Kind(outcome));
    }

    [Theory]
    [InlineData("""["404"]""", 404, true)]
    [InlineData("""["404"]""", 200, false)]
    [InlineData("""["2xx",404]""", 204, true)]
    [InlineData("""["5xx"]""", 503, true)]
    public async Task What_is_expected_is_done(string expect, int status, bool done)
    {
        var (outcome, _) = await RunAsync($$"""{"url":"x","expect":{{expect}}}""", ScriptedContext.Answer(status, "{}"));

        Assert.Equal(done, outcome is StepOutcome.Done);
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}", false)]
    [InlineData("plain", "\"plain\"", false)]
    [InlineData("{\"a\":", "\"{\\u0022a\\u0022:\"", false)]
    public async Task An_answer_is_JSON_where_it_is_JSON_and_else_text(string body, string read, bool cut)
    {
        var (outcome, _) = await RunAsync("""{"url":"x"}""", ScriptedContext.Answer(200, body));

        var output = Assert.IsType<StepOutcome.Done>(outcome).Output;
        Assert.Equal(read, output.GetProperty("body").GetRawText());
        Assert.Equal(cut, output.GetProperty("bodyCut").GetBoolean());
    }

    [Fact]
    public async Task An_answer_too_long_to_keep_is_cut_and_says_so()
    {
        var (outcome, _) = await RunAsync("""{"url":"x"}""", ScriptedContext.Answer(200, "\"" + new string('a', 2_000_000) + "\""));

        var output = Assert.IsType<StepOutcome.Done>(outcome).Output;
        Assert.True(output.GetProperty("bodyCut").GetBoolean());
        Assert.Equal(256 * 1024, output.GetProperty("body").GetString()!.Length);
    }

    [Fact]
    public async Task A_server_that_echoes_the_credential_does_not_get_it_into_the_output()
    {
        var (outcome, _) = await RunAsync(
            """{"url":"x"}""",
            ScriptedContext.Answer(200, """{"headers":{"Authorization":"Bearer top\u0022secret","also":"top\"secret"}}"""),
            new() { ["Authorization"] = new("Bearer top\"secret") });

        Assert.DoesNotContain("secret", Outcomes.Show(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_may_be_sent_again_and_a_write_is_left_to_a_person()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret>());

        Assert.IsType<Probe.Absent>(await _action.FindAsync(JsonElement.Parse("""{"url":"x"}"""), context, CancellationToken.None));
        var unknown = Assert.IsType<Probe.Unknown>(
            await _action.FindAsync(JsonElement.Parse("""{"url":"x","method":"PUT"}"""), context, CancellationToken.None));
        Assert.Contains("repeat: again", unknown.Reason, StringComparison.Ordinal);
    }

    private async Task<(StepOutcome Outcome, OutboundRequest? Request)> RunAsync(
        string input, SendReply? reply = null, Dictionary<string, Secret>? secrets = null)
    {
        var context = new ScriptedContext(secrets ?? [], _ => reply ?? ScriptedContext.Answer(200, "{}"));
        var outcome = await _action.ExecuteAsync(JsonElement.Parse(input), context, CancellationToken.None);
        return (outcome, context.Requests.SingleOrDefault());
    }
}
