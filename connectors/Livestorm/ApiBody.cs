using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>The form of Livestorm's API: one resource under <c>data</c>, the event's name in its <c>meta</c>, times in UNIX seconds.</summary>
internal static class ApiBody
{
    private const string Registration = "registrant_detail";

    /// <summary>The event's name, or null where the body has none.</summary>
    public static string? ReadName(JsonElement body) => BodyValues.Line(body, "data", "meta", "webhook", "event");

    /// <summary>What the event is about.</summary>
    public static string? ReadId(JsonElement body) => BodyValues.Id(body, "data", "id");

    /// <summary>
    /// What the body says of itself; null where it does not say enough. The same person registers for several sessions, so the session is a
    /// part of it, and their registration changes while they do not.
    /// </summary>
    public static string? ReadKey(JsonElement body) =>
        ReadName(body) is { } name && ReadId(body) is { } id && Seconds(body, "updated_at") is { } updated
            ? string.Join(
                '|',
                name,
                BodyValues.Line(body, "data", "type"),
                id,
                BodyValues.Line(body, "data", "attributes", Registration, "session_id"),
                updated.ToUnixTimeSeconds(),
                Seconds(body, Registration, "updated_at")?.ToUnixTimeSeconds())
            : null;

    /// <summary>When it happened: the time the event is named after, else the last change.</summary>
    public static DateTimeOffset? ReadTime(JsonElement body) => ReadName(body) switch
    {
        "event.created" or "session.created" => Seconds(body, "created_at"),
        "event.published" => Seconds(body, "published_at"),
        "session.started" => Seconds(body, "started_at"),
        "session.ended" => Seconds(body, "ended_at"),
        "people.registered" => Seconds(body, Registration, "created_at"),
        _ => Seconds(body, Registration, "updated_at"),
    }
    ?? Seconds(body, "updated_at");

    /// <summary>The same body, changed now.</summary>
    public static void Renew(JsonObject body, DateTimeOffset now)
    {
        if (body["data"]?["attributes"] is JsonObject attributes)
        {
            RenewedBody.Replace(attributes, "updated_at", now.ToUnixTimeSeconds());
        }
    }

    private static DateTimeOffset? Seconds(JsonElement body, params ReadOnlySpan<string> path) =>
        BodyValues.Find(body, "data", "attributes") is { } attributes ? BodyTimes.UnixSeconds(BodyValues.Find(attributes, path)) : null;
}
