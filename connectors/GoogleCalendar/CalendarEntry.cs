using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>An entry as Google gives it.</summary>
/// <param name="Id">Its id within its calendar.</param>
/// <param name="Json">All of it: what a change sends back must be what was there.</param>
internal sealed partial record CalendarEntry(string Id, JsonElement Json)
{
    /// <summary>The private property that carries the effect key; only who may use the API sees it.</summary>
    public const string EffectProperty = "connectorhub_effect";

    /// <summary>The private property that carries the recipe's own key.</summary>
    public const string MarkProperty = "connectorhub_mark";

    /// <summary>Deleted; Google keeps its id.</summary>
    public bool IsCancelled => UntrustedJson.Text(Json, "status") == "cancelled";

    /// <summary>The effect that made it, or null where something else did.</summary>
    public string? Effect => UntrustedJson.Text(Json, "extendedProperties", "private", EffectProperty);

    /// <summary>Its version, as <c>If-Match</c> takes it; null where there is none.</summary>
    public string? Version => UntrustedJson.Text(Json, "etag") is { } etag && ETag().IsMatch(etag) ? etag : null;

    /// <summary>All guests, as they are.</summary>
    public IReadOnlyList<JsonElement> Attendees =>
        UntrustedJson.Member(Json, "attendees") is { ValueKind: JsonValueKind.Array } attendees ? [.. attendees.EnumerateArray()] : [];

    /// <summary>True where Google does not show all of the guests.</summary>
    public bool HidesAttendees => UntrustedJson.Member(Json, "attendeesOmitted")?.ValueKind == JsonValueKind.True;

    /// <summary>Reads an entry; null where it is none.</summary>
    public static CalendarEntry? Read(JsonElement json) => UntrustedJson.Text(json, "id") is { Length: > 0 } id ? new CalendarEntry(id, json) : null;

    /// <summary>Stands for an entry that a rehearsal only would have made.</summary>
    public static CalendarEntry Rehearsed(string id) =>
        new(id, JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["id"] = id, ["etag"] = "\"rehearsal\"" }));

    /// <summary>What a later step can read.</summary>
    public CalendarEvent ToEvent() => new(
        Id,
        UntrustedJson.Text(Json, "status") ?? "confirmed",
        UntrustedJson.Text(Json, "summary"),
        Time("start"),
        Time("end"),
        UntrustedJson.Text(Json, "start", "timeZone"),
        UntrustedJson.Text(Json, "location"),
        UntrustedJson.Text(Json, "htmlLink"),
        UntrustedJson.Text(Json, "hangoutLink"),
        Addresses());

    /// <summary>The guests' addresses.</summary>
    public IReadOnlyList<string> Addresses() => [.. Attendees.Select(guest => UntrustedJson.Text(guest, "email")).OfType<string>()];

    private string? Time(string name) => UntrustedJson.Text(Json, name, "dateTime") ?? UntrustedJson.Text(Json, name, "date");

    [GeneratedRegex("^(W/)?\"[\\x21\\x23-\\x7e]{1,200}\"\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ETag();
}

/// <summary>An entry as later steps read it.</summary>
internal sealed record CalendarEvent(
    [About("The entry's id within its calendar")] string Id,
    [About("`confirmed`, `tentative` or `cancelled`")] string Status,
    [About("The title of the entry")] string? Title,
    [About("Its first moment with offset, or its first day")] string? Start,
    [About("The moment it ends with offset, or the day after its last")] string? End,
    [About("Its time zone, such as `Asia/Tokyo`")] string? Zone,
    [About("Where it is")] string? Location,
    [About("The address of the entry in Google Calendar")] string? Link,
    [About("The address of its Meet call; missing while Google still makes one")] string? MeetLink,
    [About("The e-mail addresses of its guests")] IReadOnlyList<string> Attendees)
{
    /// <summary>What a rehearsal shows.</summary>
    public static CalendarEvent Sample { get; } = new(
        "0123456789abcdef0123456789abcdef",
        "confirmed",
        "Product tour",
        "2026-08-10T10:00:00+09:00",
        "2026-08-10T10:30:00+09:00",
        "Asia/Tokyo",
        null,
        "https://www.google.com/calendar/event?eid=c2FtcGxl",
        null,
        []);
}
