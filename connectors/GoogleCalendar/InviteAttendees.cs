using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.invite-attendees</c> takes.</summary>
internal sealed record InviteAttendeesInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The entry's id, as `create-event` and `find-event` give it")] string Event,
    [About("The e-mail addresses to add; empty ones are left out")] IReadOnlyList<string> Attendees,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None)
    : IOnGuests;

/// <summary>What <c>google-calendar.invite-attendees</c> gives.</summary>
internal sealed record InvitedAttendees(
    [About("The entry's id")] string Id,
    [About("The addresses that were not among the guests before")] IReadOnlyList<string> Added,
    [About("The addresses of all guests now")] IReadOnlyList<string> Attendees);

/// <summary>Adds who is not there: a guest is never twice in the list.</summary>
internal sealed class InviteAttendees : GuestListAction<InviteAttendeesInput, InvitedAttendees>
{
    public override string Name => "invite-attendees";

    public override string About => "Adds guests to an entry; those who are there stay as they are.";

    protected override InvitedAttendees Sample => new(CalendarEvent.Sample.Id, [], []);

    protected override IReadOnlyList<string> FindChanges(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> addresses) =>
        [.. addresses.Where(address => !guests.Any(guest => Guests.Is(guest, address)))];

    protected override IReadOnlyList<JsonElement> Change(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> changes) =>
        [.. guests, .. changes.Select(Guests.ToNew)];

    protected override InvitedAttendees Tell(CalendarEntry entry, IReadOnlyList<string> changes) => new(entry.Id, changes, entry.Addresses());
}
