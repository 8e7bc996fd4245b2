using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Webhook;

namespace ConnectorHub.Tests.Acceptance.Connectors.Webhook;

public sealed class WebhookSourceTests
{
    private readonly WebhookSource _source = new();

    [Fact]
    public void The_signature_that_GitHub_documents_verifies()
    {
        // Its body is no JSON: NotJson says that the signature passed.
        var request = Deliveries.Request(
            "Hello, World!", ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        var secrets = Deliveries.Signing("It's a Secret to Everybody").With(("Header", "x-hub-signature-256"), ("Prefix", "sha256="));

        var refused = Assert.IsType<WebhookReading.Refused>(_source.Read(request, secrets, ScriptedContext.Start));

        Assert.Equal(Refusal.NotJson, refused.Why);
    }

    [Fact]
    public void A_whole_body_HMAC_in_hex_verifies_in_either_case_but_not_in_mixed()
    {
        const string Body = "{\"payload\":[{\"data\":{\"id\":\"5f5214ef2050870001dab572\"},\"type\":\"lead.added\",\"date\":\"2020-09-04T10:20:31.3778028+00:00\"}]}";
        const string Hex = "e620884583e9804c12c9b91c08d082de8ecec5b311b1a351ea47a4c6f86db541";
        var secrets = Deliveries.Signing("spotio_test_secret");

        Assert.IsType<WebhookReading.Events>(_source.Read(Deliveries.Request(Body, ("X-Signature", Hex)), secrets, ScriptedContext.Start));
        Assert.IsType<WebhookReading.Events>(_source.Read(Deliveries.Request(Body, ("X-Signature", Hex.ToUpperInvariant())), secrets, ScriptedContext.Start));
        Assert.IsType<WebhookReading.Refused>(_source.Read(Deliveries.Request(Body, ("X-Signature", "E" + Hex[1..])), secrets, ScriptedContext.Start));
    }

    [Theory]
    [InlineData("sha256", "hex", "")]
    [InlineData("sha256", "base64", "")]
    [InlineData("sha512", "hex", "sha512=")]
    [InlineData("sha512", "base64", "v1=")]
    public void What_a_sender_signs_under_its_settings_passes_under_these_only(string algorithm, string encoding, string prefix)
    {
        var secrets = Deliveries.Signing("shared-secret").With(("Algorithm", algorithm), ("Encoding", encoding), ("Prefix", prefix), ("Header", "X-Shop"));
        var body = "{\"id\":1}"u8.ToArray();

        var signed = _source.Sign(new SampleDelivery("received", body), secrets, "ignored", ScriptedContext.Start);
        var request = new WebhookRequest(signed.Headers.ToDictionary(header => header.Key, header => header.Value), null, null, body);

        Assert.Equal("X-Shop", Assert.Single(signed.Headers).Key);
        Assert.IsType<WebhookReading.Events>(_source.Read(request, secrets, ScriptedContext.Start));
        Assert.IsType<WebhookReading.Refused>(_source.Read(request, secrets.With(("Header", "X-Shop"), ("Prefix", "other=")), ScriptedContext.Start));
    }

    [Fact]
    public void Without_an_event_in_the_address_the_event_is_received()
    {
        var request = Deliveries.Request("[1]") with { Token = "token-in-the-url", HookEvent = null };

        var events = Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Of("UrlToken", "token-in-the-url"), ScriptedContext.Start));

        var read = Assert.Single(events.Items);
        Assert.Equal("received", read.Type);
        Assert.Null(read.Dedupe);
        Assert.Null(read.Time);
    }
}
