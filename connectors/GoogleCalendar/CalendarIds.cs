using System.Text.RegularExpressions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>Ids that become part of an address. One that is empty or only dots would address something else, such as the calendar instead of its entry.</summary>
internal static partial class CalendarIds
{
    public static string? FindCalendarFlaw(string calendar) => Calendar().IsMatch(calendar)
        ? null
        : $"'calendar' is \"{Shown.Value(calendar)}\"; it must be a calendar's id, such as sales@acme.example or primary.";

    public static string? FindEntryFlaw(string entry) => Entry().IsMatch(entry)
        ? null
        : $"'event' is \"{Shown.Value(entry)}\"; it must be an entry's id, as create-event and find-event give it.";

    [GeneratedRegex(@"^[^\s/\\\p{C}]*[A-Za-z0-9][^\s/\\\p{C}]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Calendar();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,1024}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
