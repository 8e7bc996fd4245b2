using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.StandIns.Google.Calendars;

/// <summary>What makes, changes and deletes entries.</summary>
internal sealed partial class CalendarWrites(CalendarStore store, TimeProvider time, Action<string, string?> happened)
{
    private static readonly string[] Kept = ["kind", "id", "etag", "status", "htmlLink", "created", "creator", "organizer", "iCalUID", "sequence", "hangoutLink"];

    private static readonly int[] MeetCode = [3, 4, 3];

    private long _version = 3_500_000_000_000_000;

    public StandInReply Insert(Calendar calendar, StandInRequest request, GoogleSignIn signIn)
    {
        if (request.Json() is not JsonObject body)
        {
            return GoogleReply.Older(400, "parseError", "Parse Error");
        }

        var id = body.Text("id") ?? NextId();
        if (FindFlaw(body, id) is { } flaw)
        {
            return flaw;
        }

        if (FindForbidden(body, request, signIn) is { } forbidden)
        {
            return forbidden;
        }

        // A deleted entry keeps its id as well.
        if (calendar.Entries.ContainsKey(id))
        {
            return GoogleReply.Older(409, "duplicate", "The requested identifier already exists.");
        }

        var entry = (JsonObject)body.DeepClone();
        Fill(entry, calendar, id, signIn);
        AddMeet(entry, request);
        calendar.Entries[id] = entry;
        Tell(calendar, entry, "made", request, entry.Text("extendedProperties", "private", "connectorhub_effect"));
        return StandInReply.Json(200, entry.DeepClone());
    }

    public StandInReply Change(Calendar calendar, string id, StandInRequest request, GoogleSignIn signIn, bool whole)
    {
        if (!calendar.Entries.TryGetValue(id, out var entry))
        {
            return CalendarApi.NotFound();
        }

        if (request.Json() is not JsonObject body)
        {
            return GoogleReply.Older(400, "parseError", "Parse Error");
        }

        if (request.Header("If-Match") is { } match && match != "*" && match != entry.Text("etag"))
        {
            return GoogleReply.Older(412, "conditionNotMet", "Precondition Failed");
        }

        if (FindForbidden(body, request, signIn) is { } forbidden)
        {
            return forbidden;
        }

        var changed = whole ? Replace(entry, body) : (JsonObject)Merge(entry, body)!;
        if (Times(changed) is { } flaw)
        {
            return flaw;
        }

        changed["sequence"] = (entry.Number("sequence") ?? 0) + (whole || body.ContainsKey("start") || body.ContainsKey("end") ? 1 : 0);
        AddMeet(changed, request);
        Stamp(changed);
        calendar.Entries[id] = changed;
        Tell(calendar, changed, changed.Text("status") == "cancelled" ? "cancelled" : "changed", request, null);
        return StandInReply.Json(200, changed.DeepClone());
    }

    public StandInReply Delete(Calendar calendar, string id, StandInRequest request)
    {
        if (!calendar.Entries.TryGetValue(id, out var entry))
        {
            return CalendarApi.NotFound();
        }

        if (entry.Text("status") == "cancelled")
        {
            return GoogleReply.Older(410, "deleted", "Resource has been deleted");
        }

        entry["status"] = "cancelled";
        Stamp(entry);
        Tell(calendar, entry, "cancelled", request, null);
        return StandInReply.Empty(204);
    }

    private static StandInReply? FindFlaw(JsonObject body, string id) =>
        !EntryId().IsMatch(id) ? GoogleReply.Older(400, "invalid", "Invalid resource id value.") : Times(body);

    private static StandInReply? Times(JsonObject body)
    {
        foreach (var (member, missing) in new[] { ("start", "Missing start time."), ("end", "Missing end time.") })
        {
            var (moment, day, zone) = (body.Text(member, "dateTime"), body.Text(member, "date"), body.Text(member, "timeZone"));
            if (moment is null == day is null)
            {
                return GoogleReply.Older(400, moment is null ? "required" : "invalid", moment is null ? missing : "Invalid start time.");
            }

            if (moment is not null && zone is null && !Offset().IsMatch(moment))
            {
                return GoogleReply.Older(400, "required", $"Missing time zone definition for {member} time.");
            }
        }

        return Moment(body, "end") < Moment(body, "start") ? GoogleReply.Older(400, "timeRangeEmpty", "The specified time range is empty.", "calendar") : null;
    }

    // A service account has no calendar to answer from: it may ask guests, and make calls, for a person only.
    private static StandInReply? FindForbidden(JsonObject body, StandInRequest request, GoogleSignIn signIn)
    {
        if (signIn.Person is not null)
        {
            return null;
        }

        return body.Items("attendees").Count > 0
            ? GoogleReply.Older(
                403, "forbiddenForServiceAccounts", "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.", "calendar")
            : AsksForMeet(body, request) ? GoogleReply.Older(400, "invalid", "Invalid conference type value.")
            : null;
    }

    private static bool AsksForMeet(JsonObject body, StandInRequest request) =>
        request.Query.GetValueOrDefault("conferenceDataVersion") == "1" && body.At("conferenceData", "createRequest") is not null;

    // The same request again makes no second call.
    private static void AddMeet(JsonObject entry, StandInRequest request)
    {
        if (!AsksForMeet(entry, request))
        {
            if (entry.At("conferenceData", "conferenceId") is null)
            {
                entry.Remove("conferenceData");
            }

            return;
        }

        var asked = entry.Text("conferenceData", "createRequest", "requestId") ?? string.Empty;
        var code = string.Join('-', MeetCode.Select((length, part) => string.Concat(Enumerable.Range(0, length)
            .Select(place => (char)('a' + (asked.Length == 0 ? 0 : asked[((part * 4) + place) % asked.Length] % 26))))));
        entry["hangoutLink"] = $"https://meet.google.com/{code}";
        entry["conferenceData"] = new JsonObject
        {
            ["conferenceId"] = code,
            ["conferenceSolution"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "hangoutsMeet" }, ["name"] = "Google Meet" },
            ["createRequest"] = new JsonObject { ["requestId"] = asked, ["status"] = new JsonObject { ["statusCode"] = "success" } },
        };
    }

    private void Fill(JsonObject entry, Calendar calendar, string id, GoogleSignIn signIn)
    {
        entry["kind"] = "calendar#event";
        entry["id"] = id;
        entry["status"] = entry.Text("status") ?? "confirmed";
        entry["htmlLink"] = $"https://www.google.com/calendar/event?eid={id}";
        entry["created"] = Now();
        entry["creator"] = new JsonObject { ["email"] = signIn.Subject };
        entry["organizer"] = new JsonObject { ["email"] = calendar.Id, ["self"] = true };
        entry["iCalUID"] = $"{id}@google.com";
        entry["sequence"] = 0;
        foreach (var attendee in entry.Items("attendees").OfType<JsonObject>())
        {
            attendee["responseStatus"] ??= "needsAction";
        }

        Stamp(entry);
    }

    private void Stamp(JsonObject entry)
    {
        entry["updated"] = Now();
        entry["etag"] = string.Create(CultureInfo.InvariantCulture, $"\"{_version += 2}\"");
    }

    private static JsonObject Replace(JsonObject entry, JsonObject body)
    {
        var whole = (JsonObject)body.DeepClone();
        foreach (var name in Kept.Where(name => entry.ContainsKey(name)))
        {
            whole[name] = name == "status" && body.Text("status") is { } status ? status : entry[name]?.DeepClone();
        }

        return whole;
    }

    // Lists are replaced as a whole; null takes a member away.
    private static JsonNode? Merge(JsonNode? before, JsonNode? change)
    {
        if (change is not JsonObject members)
        {
            return change?.DeepClone();
        }

        var merged = before is JsonObject there ? (JsonObject)there.DeepClone() : [];
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Merge(merged[name], value);
            }
        }

        return merged;
    }

    private void Tell(Calendar calendar, JsonObject entry, string what, StandInRequest request, string? key)
    {
        var guests = entry.Items("attendees").Count;
        var mails = request.Query.GetValueOrDefault("sendUpdates") switch { "all" or "externalOnly" => guests, _ => 0 };
        store.Mails += mails;
        var start = entry.Text("start", "dateTime") ?? entry.Text("start", "date");
        happened($"calendar {calendar.Id} {what}: {entry.Text("summary")} at {start}, {guests} guests, {mails} mails", key);
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"s{++_version:d20}");

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(JsonObject entry, string member) =>
        DateTimeOffset.TryParse(
            entry.Text(member, "dateTime") ?? entry.Text(member, "date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    [GeneratedRegex("^[a-v0-9]{5,1024}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex EntryId();

    [GeneratedRegex("(Z|[+-][0-9]{2}:?[0-9]{2})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
