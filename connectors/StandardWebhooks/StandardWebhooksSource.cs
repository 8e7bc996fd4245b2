using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.StandardWebhooks;

/// <summary>Any platform that follows Standard Webhooks 1.0. Its advice for bodies (type, timestamp, data) is used where it is followed.</summary>
internal sealed class StandardWebhooksSource : IEventSource
{
    public string Name => "standard-webhooks";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(StandardWebhooksSource)).Events("standard-webhooks");

    public EventNaming Naming => EventNaming.HookIfNamed;

    public IReadOnlyList<string> Proofs => HookDoor.EitherProof;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(StandardWebhooksSource)).Setup("standard-webhooks");

    // The specification's example, which its common senders follow; its shortest advised timeout.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(15),
        SuccessStatus.Any2xx,
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ],
        DisablesAfter: null,
        "After its last try, about three days after the first, the sender gives the message up; some senders then switch the webhook off.",
        "Have the sender send the failed messages again; most have a page that lists them, with a button for it.")
    {
        RetriesAssumed = true,
    };

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.StandardWebhooks, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, secrets, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.StandardWebhooks, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.Change(body, map =>
    {
        RenewedBody.Replace(map, "timestamp", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (map["data"] is JsonObject data)
        {
            RenewedBody.Replace(data, "id", id);
        }
    });

    private ReadEvent ReadEvent(WebhookRequest request, WebhookSecrets secrets, JsonElement body) => new(
        BodyValues.Line(body, "type") ?? request.HookEvent ?? Unnamed.Name,
        Dedupe(request, secrets),
        BodyTimes.Iso(BodyValues.Find(body, "timestamp")),
        BodyValues.Id(body, "data", "id"),
        Test: false,
        request.Body);

    // The id is the sender's only where the signature covers it.
    private DedupeKey? Dedupe(WebhookRequest request, WebhookSecrets secrets) =>
        HookDoor.IsSigned(secrets) && SignedHeaders.Read(SignatureSchemes.StandardWebhooks, request)?.Id is { } id
            ? DedupeKey.Of(id, DedupeKey.Usual)
            : ContentKey.Of(Contract, request.Body.Span);
}
