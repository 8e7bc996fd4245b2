using System.Text.Json;
using ConnectorHub.Abstractions;
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

    public bool EventComesFromHook => true;

    // Svix: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h after the failure before; then, after five days of failures, the hook is off.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(15),
        new TimeSpan(27, 35, 5),
        SendsIds: true,
        "After 8 tries the message is marked failed; after 5 days in which every try failed, the webhook is switched off.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) =>
        HookDoor.Read(SignatureScheme.Svix, request, secrets, now, body => [ReadEvent(request, secrets, body)]);

    public SignedDelivery Sign(ReadOnlyMemory<byte> body, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureScheme.Svix, body, secrets, id, now);

    private static ReadEvent ReadEvent(WebhookRequest request, WebhookSecrets secrets, JsonElement body) => new(
        request.HookEvent ?? "unnamed",
        // The id is the sender's only where the signature covers it.
        secrets.All(HookDoor.SigningSecrets).Count > 0 ? SignedHeaders.Read(SignatureScheme.Svix, request.Headers)?.Id : null,
        ReadTime(body),
        ReadSubject(body),
        UntrustedJson.Member(body, "test") is { ValueKind: JsonValueKind.True },
        request.Body);

    private static DateTimeOffset? ReadTime(JsonElement body) =>
        UntrustedJson.Member(body, "occurredAt") is { ValueKind: JsonValueKind.Number } occurred
        && occurred.TryGetInt64(out var seconds)
        && seconds > 0
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

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
