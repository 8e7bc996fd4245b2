using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>
/// MeltingSpot's webhooks, sent by Svix. A body does not name its event, and created and updated look alike, so each event has its own hook.
/// </summary>
internal sealed class MeltingSpotSource : IEventSource
{
    /// <summary>What an event is about: the most particular thing in the body that has an id.</summary>
    private static readonly string[] Subjects = ["live", "course", "learningPath", "document", "topic", "member"];

    public string Name => "meltingspot";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(MeltingSpotSource)).Events("meltingspot");

    public EventNaming Naming => EventNaming.Hook;

    public IReadOnlyList<string> Proofs => HookDoor.EitherProof;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(MeltingSpotSource)).Setup("meltingspot");

    // What Svix does, who sends for MeltingSpot.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(15),
        SuccessStatus.Any2xx,
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
            TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
        ],
        DisablesAfter: TimeSpan.FromDays(5),
        "After 8 tries the message is marked failed; after 5 days in which every try failed, the webhook is switched off.",
        "Ask MeltingSpot to send the failed messages again, and check in your Spot's settings that the webhook is still there.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.Svix, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, secrets, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.Svix, delivery, secrets, id, now);

    // With a token alone equal bodies are one event, so a sample sent again must say another time.
    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) =>
        RenewedBody.Change(body, map => RenewedBody.Replace(map, "occurredAt", now.ToUnixTimeSeconds()));

    private ReadEvent ReadEvent(WebhookRequest request, WebhookSecrets secrets, JsonElement body) => new(
        request.HookEvent ?? "unnamed",
        Dedupe(request, secrets),
        BodyTimes.UnixSeconds(UntrustedJson.Member(body, "occurredAt")),
        ReadSubject(body),
        UntrustedJson.Member(body, "test") is { ValueKind: JsonValueKind.True },
        request.Body);

    // The id is the sender's only where the signature covers it. Without one, equal bodies within the sender's own retries are one event.
    private DedupeKey? Dedupe(WebhookRequest request, WebhookSecrets secrets) =>
        HookDoor.IsSigned(secrets) && SignedHeaders.Read(SignatureSchemes.Svix, request)?.Id is { } id
            ? DedupeKey.Of(id, DedupeKey.Usual)
            : ContentKey.Of(Contract, request.Body.Span);

    private static string? ReadSubject(JsonElement body)
    {
        foreach (var subject in Subjects)
        {
            if (UntrustedJson.Text(body, subject, "id") is { Length: > 0 } id)
            {
                return id;
            }
        }

        return null;
    }
}
