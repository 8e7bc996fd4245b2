using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Spir;

/// <summary>Spir's webhooks. They are not signed: only the token in the hook's address proves them.</summary>
internal sealed class SpirSource : IEventSource
{
    // Documents say that the time of a cancellation is sent, but not under which name.
    private static readonly string[] CanceledNames = ["canceledAt", "cancelledAt", "canceledDateTime", "cancelledDateTime"];

    public string Name => "spir";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(SpirSource)).Events("spir");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.TokenOnly;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(SpirSource)).Setup("spir");

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(30),
        SuccessStatus.Only200,
        [.. Enumerable.Repeat(TimeSpan.FromSeconds(10), 4)],
        DisablesAfter: null,
        "After four more tries, ten seconds apart, Spir gives up and mails all administrators of the team; the webhook stays on.",
        "The mail holds the log of the tries. Enter those meetings by hand from Spir, or ask Spir to send them again.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        scheme: null, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(scheme: null, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) =>
        RenewedBody.Change(body, map => RenewedBody.Replace(map, "webhookEventId", id));

    private ReadEvent ReadEvent(WebhookRequest request, JsonElement body)
    {
        var name = BodyValues.Line(body, "webhookEventName");
        return new ReadEvent(
            name ?? Unnamed.Unknown,
            // No time is signed and the token never changes: nothing but the id tells a delivery that is posted again after months.
            BodyValues.Line(body, "webhookEventId") is { } id
                ? DedupeKey.Of(id, DedupeKey.WithoutSignedTime)
                : ContentKey.Of(Contract, request.Body.Span),
            ReadTime(name, body),
            ReadSubject(body),
            Test: false,
            request.Body);
    }

    private static DateTimeOffset? ReadTime(string? name, JsonElement body) => name switch
    {
        "event.confirmed" => Time(body, "confirmedAt"),
        "event.canceled" => CanceledNames.Select(canceled => Time(body, canceled)).FirstOrDefault(time => time is not null),
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement body, string name) => BodyTimes.Iso(BodyValues.Find(body, "payload", name));

    // The title is what people know a meeting by; the address only says which offer of times it came from.
    private static string? ReadSubject(JsonElement body) =>
        Shown(body, "title") ?? Shown(body, "privateTitle") ?? Shown(body, "originalUrl");

    // Titles are written by people: unlike an id, one may hold any sign, and still has to fit into one line of a list.
    private static string? Shown(JsonElement body, string name) =>
        BodyValues.Text(body, "payload", name) is { Length: <= 300 } text && !text.Any(char.IsControl) ? text : null;
}
