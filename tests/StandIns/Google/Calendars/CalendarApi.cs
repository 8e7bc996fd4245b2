using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Calendars;

/// <summary>Calendar v3: which address means what, who may, and how often.</summary>
internal sealed class CalendarApi(CalendarStore store, TimeProvider time, Action<string, string?> happened)
{
    private const int PerMinute = 600;

    private static readonly string[] Searched = ["summary", "description", "location"];

    private readonly RateWindow _quota = new(time, PerMinute, TimeSpan.FromMinutes(1));
    private readonly CalendarWrites _writes = new(store, time, happened);

    public GoogleOperation? Find(StandInRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", [_, _, "calendars", var id, "events"]) => Of("events.list", id, (calendar, _) => List(calendar, request.Query)),
        ("POST", [_, _, "calendars", var id, "events"]) => Of("events.insert", id, (calendar, signIn) => _writes.Insert(calendar, request, signIn)),
        ("GET", [_, _, "calendars", var id, "events", var entry]) => Of("events.get", id, (calendar, _) => Get(calendar, entry)),
        ("PATCH", [_, _, "calendars", var id, "events", var entry]) =>
            Of("events.patch", id, (calendar, signIn) => _writes.Change(calendar, entry, request, signIn, whole: false)),
        ("PUT", [_, _, "calendars", var id, "events", var entry]) =>
            Of("events.update", id, (calendar, signIn) => _writes.Change(calendar, entry, request, signIn, whole: true)),
        ("DELETE", [_, _, "calendars", var id, "events", var entry]) => Of("events.delete", id, (calendar, _) => _writes.Delete(calendar, entry, request)),
        _ => null,
    };

    private GoogleOperation Of(string name, string id, Func<Calendar, GoogleSignIn, StandInReply> run) => new(
        name,
        signIn => !_quota.TryTake(signIn.Subject, out _) ? GoogleReply.Older(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits")
            : store.Find(id, signIn.Subject) is { } calendar ? run(calendar, signIn)
            : NotFound());

    internal static StandInReply NotFound() => GoogleReply.Older(404, "notFound", "Not Found");

    private static StandInReply Get(Calendar calendar, string entry) =>
        calendar.Entries.TryGetValue(entry, out var found) ? StandInReply.Json(200, found.DeepClone()) : NotFound();

    private static StandInReply List(Calendar calendar, IReadOnlyDictionary<string, string> query)
    {
        var most = int.TryParse(query.GetValueOrDefault("maxResults"), out var asked) ? Math.Clamp(asked, 1, 2500) : 250;
        var skip = int.TryParse(query.GetValueOrDefault("pageToken"), out var token) ? token : 0;
        var found = calendar.Entries.Values.Where(entry => Matches(entry, query)).Skip(skip).Take(most + 1).ToList();
        var page = new JsonObject
        {
            ["kind"] = "calendar#events",
            ["summary"] = calendar.Id,
            ["timeZone"] = calendar.Zone,
            ["items"] = new JsonArray([.. found.Take(most).Select(entry => entry.DeepClone())]),
        };
        if (found.Count > most)
        {
            page["nextPageToken"] = (skip + most).ToString(CultureInfo.InvariantCulture);
        }

        return StandInReply.Json(200, Sheets.FieldMask.Apply(page, query.GetValueOrDefault("fields")));
    }

    private static bool Matches(JsonObject entry, IReadOnlyDictionary<string, string> query)
    {
        if (entry.Text("status") == "cancelled" && query.GetValueOrDefault("showDeleted") != "true")
        {
            return false;
        }

        return (query.GetValueOrDefault("privateExtendedProperty") is not { } property || IsMarked(entry, property))
            && (query.GetValueOrDefault("iCalUID") is not { } uid || entry.Text("iCalUID") == uid)
            && (query.GetValueOrDefault("q") is not { Length: > 0 } words || Says(entry, words))
            && (Moment(query.GetValueOrDefault("timeMin")) is not { } from || Moment(entry, "end") > from)
            && (Moment(query.GetValueOrDefault("timeMax")) is not { } until || Moment(entry, "start") < until);
    }

    private static bool IsMarked(JsonObject entry, string property)
    {
        var cut = property.IndexOf('=', StringComparison.Ordinal);
        return cut > 0 && entry.Text("extendedProperties", "private", property[..cut]) == property[(cut + 1)..];
    }

    private static bool Says(JsonObject entry, string words) => Searched
        .Any(member => entry.Text(member)?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);

    private static DateTimeOffset? Moment(JsonObject entry, string member) => Moment(entry.Text(member, "dateTime") ?? entry.Text(member, "date"));

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
