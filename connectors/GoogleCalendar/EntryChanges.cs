using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What an entry lacks to be as it is wanted, as events.patch takes it. What is not given is not compared.</summary>
internal static class EntryChanges
{
    /// <summary>The member with the guests, which Google only takes whole.</summary>
    public const string Attendees = "attendees";

    public static Dictionary<string, object> Find(INewEntry wanted, CalendarEntry entry)
    {
        var changes = new Dictionary<string, object>();
        AddText("summary", wanted.Title);
        AddText("description", wanted.Description);
        AddText("location", wanted.Location);
        AddTime("start", wanted.Start);
        AddTime("end", wanted.End);
        var guests = entry.Attendees;
        var missing = Guests.Clean(wanted.Attendees).Where(address => !guests.Any(guest => Guests.Is(guest, address))).ToList();
        if (missing.Count > 0)
        {
            // Those who are there go back as they came: their answers are part of the list.
            changes[Attendees] = guests.Concat(missing.Select(Guests.ToNew)).ToList();
        }

        if (wanted.Mark is { } mark && mark != UntrustedJson.Text(entry.Json, "extendedProperties", "private", CalendarEntry.MarkProperty))
        {
            changes["extendedProperties"] = new { @private = new Dictionary<string, string> { [CalendarEntry.MarkProperty] = mark } };
        }

        return changes;

        void AddText(string name, string? text)
        {
            // Google leaves an empty text out.
            if (text is not null && text != (UntrustedJson.Text(entry.Json, name) ?? string.Empty))
            {
                changes[name] = text;
            }
        }

        void AddTime(string name, string text)
        {
            var time = EventTime.Read(text)!;
            if (!IsAt(UntrustedJson.Member(entry.Json, name) ?? default, time, wanted.Zone))
            {
                changes[name] = time.ToChange(wanted.Zone);
            }
        }
    }

    private static bool IsAt(JsonElement found, EventTime wanted, string? zone)
    {
        var there = EventTime.Read(UntrustedJson.Text(found, "dateTime") ?? UntrustedJson.Text(found, "date") ?? string.Empty);
        return (there, wanted) switch
        {
            (EventTime.Day one, EventTime.Day other) => one == other,
            (EventTime.Moment one, EventTime.Moment other) => one.At == other.At && (zone is null || zone == UntrustedJson.Text(found, "timeZone")),
            _ => false,
        };
    }
}
