using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.remove-attendees</c> takes.</summary>
internal sealed record RemoveAttendeesInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The entry's id, as `create-event` and `find-event` give it")] string Event,
    [About("The e-mail addresses to remove; empty ones are left out")] IReadOnlyList<string> Attendees,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None)
    : IOnGuests;

/// <summary>What <c>google-calendar.remove-attendees</c> gives.</summary>
internal sealed record RemovedAttendees(
    [About("The entry's id")] string Id,
    [About("The addresses that were among the guests before")] IReadOnlyList<string> Removed,
    [About("The addresses of all guests now")] IReadOnlyList<string> Attendees);

/// <summary>Removes who is there.</summary>
internal sealed class RemoveAttendees : GuestListAction<RemoveAttendeesInput, RemovedAttendees>
{
    public override string Name => "remove-attendees";

    public override string About => "Removes guests from an entry; all others stay as they are.";

    protected override RemovedAttendees Sample => new(CalendarEvent.Sample.Id, [], []);

    protected override IReadOnlyList<string> FindChanges(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> addresses) =>
        [.. addresses.Where(address => guests.Any(guest => Guests.Is(guest, address)))];

    protected override IReadOnlyList<JsonElement> Change(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> changes) =>
        [.. guests.Where(guest => !changes.Any(address => Guests.Is(guest, address)))];

    protected override RemovedAttendees Tell(CalendarEntry entry, IReadOnlyList<string> changes) => new(entry.Id, changes, entry.Addresses());
}
