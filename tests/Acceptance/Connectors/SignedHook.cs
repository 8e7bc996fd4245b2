using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>A source with the secrets of one connection, and a sender that knows them too.</summary>
internal sealed record SignedHook(IEventSource Source, WebhookSecrets Secrets)
{
    public const string Url = "https://hub.example.org/hooks/tested";

    private static readonly DateTimeOffset Now = ScriptedContext.Start;

    /// <summary>A delivery as the platform would send it, to a hook without an event segment.</summary>
    public WebhookRequest Sign(string body, string type = "anything", string id = "msg_1")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signed = Source.Sign(new SampleDelivery(type, bytes, Url), Secrets, id, Now);
        return new WebhookRequest(
            signed.Headers.Concat(signed.Labels).ToDictionary(header => header.Key, header => header.Value), signed.Token?.Reveal(), null, bytes)
        { Url = Url };
    }

    public WebhookReading Read(WebhookRequest request) => Source.Read(request, Secrets, Now);

    public WebhookReading Read(string body, string type = "anything", string id = "msg_1") => Read(Sign(body, type, id));

    public ReadEvent ReadOne(string body, string type = "anything", string id = "msg_1") => One(Read(body, type, id));

    /// <summary>What arrives when a known event's sample is sent.</summary>
    public ReadEvent Send(EventType known, string id)
    {
        var body = Source.Deliver(Source.Renew(Encoding.UTF8.GetBytes(known.Sample.GetRawText()), id, Now));
        return ReadOne(Encoding.UTF8.GetString(body.Span), known.Name, id);
    }

    public static ReadEvent One(WebhookReading reading)
    {
        var events = reading as WebhookReading.Events;
        Assert.True(events is not null, Deliveries.Refusal(reading));
        return Assert.Single(events.Items);
    }

    public static void AssertRefused(WebhookReading reading, Refusal why, string because)
    {
        var refused = Assert.IsType<WebhookReading.Refused>(reading);
        Assert.Equal(why, refused.Why);
        Assert.Contains(because, refused.Detail, StringComparison.OrdinalIgnoreCase);
    }
}
