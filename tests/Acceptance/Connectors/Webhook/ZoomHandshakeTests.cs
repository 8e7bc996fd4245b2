using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Webhook;

namespace ConnectorHub.Tests.Acceptance.Connectors.Webhook;

public sealed class ZoomHandshakeTests
{
    private const string Body = "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"},\"event_ts\":1772443800000}";
    private const string Signature = "v0=76e5c5d59500405fee4bcd5477c993e22d5511bc96513ff6e3ab2b3c85dcca26";
    private const string Encrypted = "40a58fc396b81cf5fa0ee7d3431e19801ad5c46f66d6891a405bdb809268503d";

    private readonly WebhookSource _source = new();

    [Theory]
    [InlineData("zoom_test_secret")]
    [InlineData("an-older-secret", "zoom_test_secret")]
    [InlineData("zoom_test_secret", "a-newer-secret")]
    public void A_verified_validation_is_answered_with_the_secret_it_was_signed_with(params string[] secrets)
    {
        var answer = Assert.IsType<WebhookReading.Handshake>(Read(Signed(Signature), secrets));

        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(
            [("plainToken", "qgg8vlvZRS6UYooatFL8Aw"), ("encryptedToken", Encrypted)],
            json.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
    }

    [Fact]
    public void A_validation_that_is_not_verified_is_refused()
    {
        SignedHook.AssertRefused(Read(Signed(Signature[..^1] + "7"), "zoom_test_secret"), Refusal.WrongProof, "signature");
        SignedHook.AssertRefused(Read(Deliveries.Request(Body), "zoom_test_secret"), Refusal.NoProof, "x-zm-signature");
    }

    [Fact]
    public void With_a_token_alone_there_is_no_secret_to_answer_with()
    {
        var secrets = Deliveries.Of("UrlToken", "token-in-the-url").With(("Scheme", "zoom"));

        SignedHook.AssertRefused(
            _source.Read(Deliveries.Request(Body) with { Token = "token-in-the-url" }, secrets, ScriptedContext.Start), Refusal.NotConfigured, "SigningSecrets");
    }

    [Theory]
    [InlineData("{\"event\":\"endpoint.url_validation\"}")]
    [InlineData("{\"event\":\"endpoint.url_validation\",\"payload\":[]}")]
    [InlineData("{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":7}}")]
    [InlineData("{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"\"}}")]
    [InlineData("{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"\\ud83d\"}}")]
    public void A_token_that_is_no_text_is_not_signed(string body) => SignedHook.AssertRefused(Hook().Read(body), Refusal.NotJson, "plainToken");

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_token_over_1_KB_is_not_signed(int length, bool answered)
    {
        var reading = Hook().Read($$$"""{"event":"endpoint.url_validation","payload":{"plainToken":"{{{new string('a', length)}}}"}}""");

        Assert.Equal(answered, reading is WebhookReading.Handshake);
        Assert.Equal(answered, reading is not WebhookReading.Refused { Why: Refusal.NotJson });
    }

    [Fact]
    public void Other_events_of_Zoom_are_stored()
    {
        var read = Hook().ReadOne("{\"event\":\"meeting.started\",\"payload\":{\"plainToken\":\"a\"}}");

        Assert.Equal("{\"event\":\"meeting.started\",\"payload\":{\"plainToken\":\"a\"}}", Encoding.UTF8.GetString(read.Data.Span));
    }

    private SignedHook Hook() => new(_source, Deliveries.Signing("zoom_test_secret").With(("Scheme", "zoom")));

    private WebhookReading Read(WebhookRequest request, params string[] secrets) =>
        _source.Read(request, Deliveries.Signing(secrets).With(("Scheme", "zoom")), ScriptedContext.Start);

    private static WebhookRequest Signed(string signature) =>
        Deliveries.Request(Body, ("x-zm-signature", signature), ("x-zm-request-timestamp", "1772443800"));
}
