using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Stripe;

/// <summary>Stripe's webhooks: events with the object they are about, and the thin ones that only name it.</summary>
internal sealed class StripeSource : IEventSource
{
    public string Name => "stripe";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(StripeSource)).Events("stripe");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.SignatureOnly;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(StripeSource)).Setup("stripe");

    // Up to three days with growing waits is all that is published; the timeout is not.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Any2xx,
        [
            TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
            TimeSpan.FromHours(12), TimeSpan.FromHours(12), TimeSpan.FromHours(12), TimeSpan.FromHours(12),
        ],
        DisablesAfter: null,
        "After three days (in a sandbox after three tries within hours) Stripe gives the event up.",
        "In Stripe's Dashboard, open the webhook's event deliveries and resend the failed ones.")
    {
        RetriesAssumed = true,
    };

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.Stripe, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.Stripe, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.Change(body, map =>
    {
        map["id"] = $"evt_{id}";
        map["created"] = now.ToUnixTimeSeconds();
    });

    private ReadEvent ReadEvent(WebhookRequest request, JsonElement body)
    {
        var created = BodyValues.Find(body, "created");
        return new ReadEvent(
            BodyValues.Line(body, "type") ?? Unnamed.Name,
            BodyValues.Line(body, "id") is { } id ? DedupeKey.Of(id, DedupeKey.Usual) : ContentKey.Of(Contract, request.Body.Span),
            BodyTimes.UnixSeconds(created) ?? BodyTimes.Iso(created),
            BodyValues.Line(body, "data", "object", "id") ?? BodyValues.Line(body, "related_object", "id"),
            BodyValues.Find(body, "livemode") is { ValueKind: JsonValueKind.False },
            request.Body);
    }
}
