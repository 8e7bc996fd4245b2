using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Webhook;

namespace ConnectorHub.Tests.Acceptance.Connectors.Webhook;

public sealed class WebhookSchemeTests
{
    private const string Whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static TheoryData<string> Schemes() => [.. WebhookSchemes.Names];

    [Fact]
    public void Every_scheme_can_be_set_and_no_other()
    {
        var setting = new WebhookConnector().Manifest.Settings.Single(setting => setting.Name == "Scheme");

        Assert.Equal(WebhookSchemes.Names, setting.Allowed);
        Assert.Equal("hmac", setting.Default);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void What_is_signed_by_a_scheme_passes_and_nothing_else(string scheme)
    {
        var hook = Hook(scheme);
        var request = hook.Sign("{\"id\":1}");

        Assert.Equal("received", SignedHook.One(hook.Read(request)).Type);
        Assert.Equal("order.paid", SignedHook.One(hook.Read(request with { HookEvent = "order.paid" })).Type);
        Assert.IsType<WebhookReading.Refused>(hook.Read(request with { Headers = new Dictionary<string, string>() }));
        Assert.IsType<WebhookReading.Refused>(hook.Source.Read(request, Deliveries.Signing(Whsec[..^1] + "A").With(("Scheme", scheme)), ScriptedContext.Start));
        Assert.Equal(scheme == "google-channel", hook.Read(request with { Body = "{\"id\":2}"u8.ToArray() }) is WebhookReading.Events);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_token_in_the_address_will_do_for_each_scheme_and_makes_no_key(string scheme)
    {
        var hook = Hook(scheme) with { Secrets = Deliveries.Of("UrlToken", "token-in-the-url").With(("Scheme", scheme)) };
        var headers = Hook(scheme).Sign("{}").Headers;

        var read = SignedHook.One(hook.Read(hook.Sign("{}") with { Headers = headers }));

        Assert.Null(read.Dedupe);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Only_a_signed_id_or_a_numbered_channel_tells_a_repetition(string scheme)
    {
        var key = Hook(scheme).ReadOne("{\"id\":1}", id: "msg_7").Dedupe;

        switch (scheme)
        {
            case "standard-webhooks":
                Assert.Equal(new DedupeKey("msg_7", DedupeKey.Usual), key);
                break;
            case "google-channel":
                Assert.Equal(DedupeKey.WithoutSignedTime, key?.Window);
                break;
            default:
                Assert.Null(key);
                break;
        }
    }

    [Fact]
    public void A_challenge_of_Slack_is_answered_only_where_Slack_signs()
    {
        const string Body = "{\"type\":\"url_verification\",\"challenge\":\"say this\"}";
        var answer = Assert.IsType<WebhookReading.Handshake>(Hook("slack").Read(Body));

        Assert.Equal("say this", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.IsType<WebhookReading.Events>(Hook("hmac").Read(Body));
        Assert.IsType<WebhookReading.Refused>(Hook("slack").Read(Deliveries.Request(Body)));
    }

    private static SignedHook Hook(string scheme) => new(new WebhookSource(), Deliveries.Signing(Whsec).With(("Scheme", scheme)));
}
