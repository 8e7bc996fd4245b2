using ConnectorHub.Connectors.GitHub;
using ConnectorHub.Connectors.HubSpot;
using ConnectorHub.Connectors.Slack;
using ConnectorHub.Connectors.StandardWebhooks;
using ConnectorHub.Connectors.Stripe;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>Sending a sample twice makes two events, sending one delivery twice makes one.</summary>
public sealed class SampleSendingTests
{
    private const string Whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly IReadOnlyDictionary<string, SignedHook> Hooks = new Dictionary<string, SignedHook>
    {
        ["github"] = new(new GitHubSource(), Deliveries.Signing("secret")),
        ["stripe"] = new(new StripeSource(), Deliveries.Signing(Whsec)),
        ["slack-events"] = new(new SlackEventsSource(), Deliveries.Signing("secret")),
        ["hubspot-events"] = new(new HubSpotSource(), Deliveries.Signing("secret")),
        ["standard-webhooks"] = new(new StandardWebhooksSource(), Deliveries.Signing(Whsec)),
        ["standard-webhooks with a token"] = new(new StandardWebhooksSource(), Deliveries.Of("UrlToken", "token-in-the-url")),
    };

    public static TheoryData<string, string> Samples()
    {
        var data = new TheoryData<string, string>();
        foreach (var (hook, known) in Hooks.SelectMany(hook => hook.Value.Source.Events.Select(known => (hook.Key, known.Name))))
        {
            data.Add(hook, known);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_sent_twice_is_two_events_and_a_repeated_delivery_is_one(string hook, string name)
    {
        var sender = Hooks[hook];
        var known = sender.Source.Events.Single(one => one.Name == name);

        var first = sender.Send(known, "msg_1");
        var again = sender.Send(known, "msg_1");
        var second = sender.Send(known, "msg_2");

        Assert.Equal(name, first.Type);
        Assert.NotNull(first.Dedupe);
        Assert.Equal(first.Dedupe, again.Dedupe);
        Assert.NotEqual(first.Dedupe.Value, second.Dedupe!.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("7")]
    [InlineData("[7,null]")]
    [InlineData("{\"a\":\"\\ud83d\"}")]
    public void What_is_no_sample_is_renewed_without_an_exception(string body)
    {
        foreach (var hook in Hooks.Values)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(body);

            Assert.Equal(body.Length == 0, hook.Source.Deliver(hook.Source.Renew(bytes, "msg_1", ScriptedContext.Start)).IsEmpty);
        }
    }
}
