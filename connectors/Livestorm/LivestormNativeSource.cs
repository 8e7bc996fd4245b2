using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>
/// The webhooks that are made in Livestorm's settings. They cannot be signed. Created events look like the API's; the other bodies
/// are older, name no event and are told apart by their shape.
/// </summary>
internal sealed class LivestormNativeSource : IEventSource
{
    private const string Published = "event.published";
    private const string Registered = "registrant.created";
    private const string Started = "event.started";
    private const string Ended = "event.ended";

    public string Name => "livestorm-native";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(LivestormNativeSource)).Events("livestorm-native");

    public EventNaming Naming => EventNaming.Delivery;

    public string HookSegment => "native";

    public IReadOnlyList<string> Proofs => HookDoor.TokenOnly;

    public MissingDates MissingDates => MissingDates.UnixZero;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(LivestormNativeSource)).Setup("livestorm-native");

    // Nothing is published for this kind: the timeout and the waits are taken from the other one's.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Any2xx,
        LivestormSource.Waits,
        DisablesAfter: null,
        "Livestorm does not say how often it tries; after its last try the message is lost.",
        "Look in Livestorm whether the webhook is still there, and look up there what happened in between: it is not sent again.")
    {
        RetriesAssumed = true,
    };

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        scheme: null, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(scheme: null, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.Change(body, map =>
    {
        ApiBody.Renew(map, now);
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (map["attendee"] is JsonObject attendee)
        {
            RenewedBody.Replace(attendee, "created_at", time);
        }
        else if (map["webinar"] is JsonObject webinar)
        {
            RenewedBody.Replace(webinar, webinar["ended_at"] is not null ? "ended_at" : webinar["started_at"] is not null ? "started_at" : "published_at", time);
        }
    });

    private ReadEvent ReadEvent(WebhookRequest request, JsonElement body)
    {
        var name = ReadName(body);
        return new ReadEvent(
            name,
            // The token never changes: nothing but the key tells a delivery that is posted again after months.
            ReadKey(name, body) is { } key ? DedupeKey.Of(key, DedupeKey.WithoutSignedTime) : ContentKey.Of(Contract, request.Body.Span),
            ReadTime(name, body),
            ApiBody.ReadId(body) ?? BodyValues.Line(body, "attendee", "identify") ?? BodyValues.Line(body, "webinar", "identify"),
            Test: false,
            request.Body);
    }

    // The order counts: a registrant's webinar has a room as a started one has, and an ended one has started too.
    private static string ReadName(JsonElement body)
    {
        if (ApiBody.ReadName(body) is { } named)
        {
            return named;
        }

        if (BodyValues.Line(body, "webinar", "identify") is null)
        {
            return Unnamed.Unknown;
        }

        if (BodyValues.Find(body, "attendee") is { ValueKind: JsonValueKind.Object })
        {
            return Registered;
        }

        if (Has(body, "ended_at") || BodyValues.Find(body, "webinar", "attendees") is { ValueKind: JsonValueKind.Array })
        {
            return Ended;
        }

        return Has(body, "started_at") ? Started : Has(body, "room_link") ? Unnamed.Unknown : Published;
    }

    private static bool Has(JsonElement body, string name) => BodyValues.Text(body, "webinar", name) is not null;

    private static string? ReadKey(string name, JsonElement body) => name switch
    {
        _ when ApiBody.ReadName(body) is not null => ApiBody.ReadKey(body),
        Registered => Join(
            [name, BodyValues.Line(body, "attendee", "identify"), BodyValues.Line(body, "attendee", "created_at"), BodyValues.Line(body, "webinar", "identify")],
            // attendee.created_at is of the person, who may register for several sessions of one event: only these name the session.
            [BodyValues.Line(body, "webinar", "estimated_started_at"), BodyValues.Text(body, "webinar", "room_link")]),
        Ended => OfWebinar(name, body, "ended_at"),
        Started => OfWebinar(name, body, "started_at"),
        Published => OfWebinar(name, body, "published_at"),
        _ => null,
    };

    private static string? OfWebinar(string name, JsonElement body, string time) =>
        Join([name, BodyValues.Line(body, "webinar", "identify"), BodyValues.Line(body, "webinar", time)], []);

    private static string? Join(string?[] needed, string?[] further) => needed.Contains(null) ? null : string.Join('|', [.. needed, .. further]);

    // A registrant's body holds no time of the registration: attendee.created_at may be years older.
    private static DateTimeOffset? ReadTime(string name, JsonElement body) => name switch
    {
        _ when ApiBody.ReadName(body) is not null => ApiBody.ReadTime(body),
        Ended => Iso(body, "ended_at"),
        Started => Iso(body, "started_at"),
        Published => Iso(body, "published_at"),
        _ => null,
    };

    private static DateTimeOffset? Iso(JsonElement body, string name) => BodyTimes.Iso(BodyValues.Find(body, "webinar", name));
}
