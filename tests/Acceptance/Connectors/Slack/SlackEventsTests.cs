using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

public sealed class SlackEventsTests
{
    private const string Challenge = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\"}";
    private const string Signature = "v0=096786a562dd52e2c20b2c95435b4b9fe6b47ccd968c1d19b56f4f08c2ed6871";

    private readonly SignedHook _hook = new(new SlackEventsSource(), Deliveries.Signing("slack_test_secret"));

    [Fact]
    public void The_signature_that_Slack_documents_verifies()
    {
        const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var request = Deliveries.Request(
            Body,
            ("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
            ("X-Slack-Request-Timestamp", "1531420618"));

        // Its body is no JSON: NotJson says that the signature passed.
        SignedHook.AssertRefused(
            _hook.Source.Read(request, Deliveries.Signing("8f742231b10e8888abcd99yyyzzz85a5"), DateTimeOffset.FromUnixTimeSeconds(1531420618)), Refusal.NotJson, "not JSON");
    }

    [Fact]
    public void A_verified_challenge_is_answered_as_it_is_and_not_stored()
    {
        var answer = Assert.IsType<WebhookReading.Handshake>(_hook.Read(Challenged(Signature, "1772443800")));

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/plain", answer.ContentType);
        Assert.Equal("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public void A_challenge_that_is_not_verified_is_refused()
    {
        SignedHook.AssertRefused(_hook.Read(Deliveries.Request(Challenge)), Refusal.NoProof, "No signature");
        SignedHook.AssertRefused(_hook.Read(Challenged(Signature[..^1] + "2", "1772443800")), Refusal.WrongProof, "matches");
        SignedHook.AssertRefused(_hook.Read(Challenged(Signature, "1772443499")), Refusal.OutsideWindow, "301 s old");
    }

    [Theory]
    [InlineData("{\"type\":\"url_verification\"}")]
    [InlineData("{\"type\":\"url_verification\",\"challenge\":7}")]
    [InlineData("{\"type\":\"url_verification\",\"challenge\":\"\"}")]
    [InlineData("{\"type\":\"url_verification\",\"challenge\":{\"a\":1}}")]
    [InlineData("{\"type\":\"url_verification\",\"challenge\":\"\\ud83d\"}")]
    public void A_challenge_that_is_no_text_is_not_echoed(string body) => SignedHook.AssertRefused(_hook.Read(body), Refusal.NotJson, "challenge");

    [Theory]
    [InlineData("a", 1024, true)]
    [InlineData("a", 1025, false)]
    [InlineData("é", 513, false)]
    public void A_challenge_over_1_KB_is_not_echoed(string letter, int times, bool echoed)
    {
        var reading = _hook.Read($$"""{"type":"url_verification","challenge":"{{string.Concat(Enumerable.Repeat(letter, times))}}"}""");

        Assert.Equal(echoed, reading is WebhookReading.Handshake);
        Assert.Equal(echoed, reading is not WebhookReading.Refused { Why: Refusal.NotJson });
    }

    [Fact]
    public void A_callback_is_named_keyed_and_timed_by_what_is_in_it_and_kept_whole()
    {
        const string Body = "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event_time\":1772443800,\"event\":{\"type\":\"app_mention\",\"channel\":\"C1\",\"user\":\"U1\"}}";

        var read = _hook.ReadOne(Body);

        Assert.Equal("app_mention", read.Type);
        Assert.Equal(new DedupeKey("Ev1", DedupeKey.Usual), read.Dedupe);
        Assert.Equal(ScriptedContext.Start, read.Time);
        Assert.Equal("C1", read.Subject);
        Assert.Equal(Body, Encoding.UTF8.GetString(read.Data.Span));
    }

    [Theory]
    [InlineData("{\"type\":\"app_rate_limited\",\"team_id\":\"T1\"}", "app_rate_limited")]
    [InlineData("{\"type\":\"event_callback\"}", "event_callback")]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"type\":7}}", "event_callback")]
    [InlineData("{\"type\":\"other\",\"event\":{\"type\":\"message\"}}", "other")]
    [InlineData("{\"type\":[]}", "received")]
    [InlineData("[]", "received")]
    [InlineData("7", "received")]
    [InlineData("{\"event_id\":7,\"event_time\":\"now\",\"event\":[]}", "received")]
    public void Whatever_else_is_verified_is_stored_under_its_type(string body, string name)
    {
        var read = _hook.ReadOne(body);

        Assert.Equal(name, read.Type);
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
        Assert.Null(read.Time);
    }

    [Theory]
    [InlineData("{\"item\":{\"channel\":\"C2\"},\"user\":\"U1\"}", "C2")]
    [InlineData("{\"user\":\"U1\"}", "U1")]
    [InlineData("{\"user\":{\"id\":\"U2\"}}", "U2")]
    [InlineData("{\"channel\":{\"id\":\"C3\"}}", null)]
    public void An_event_is_about_its_channel_else_its_person(string inner, string? subject) =>
        Assert.Equal(subject, _hook.ReadOne($$"""{"type":"event_callback","event":{{inner}}}""").Subject);

    [Fact]
    public async Task A_connection_that_only_receives_has_nothing_to_ask()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret> { ["SigningSecrets"] = new("slack_test_secret") });

        Assert.IsType<StepOutcome.Done>(await new SlackConnector().CheckAsync(context, CancellationToken.None));
    }

    private static WebhookRequest Challenged(string signature, string timestamp) =>
        Deliveries.Request(Challenge, ("X-Slack-Signature", signature), ("X-Slack-Request-Timestamp", timestamp));
}
