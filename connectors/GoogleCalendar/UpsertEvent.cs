using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.upsert-event</c> takes.</summary>
internal sealed record UpsertEventInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The title of the entry")] string Title,
    [About("The first moment with its offset (`2026-08-10T10:00:00+09:00`), or the first day (`2026-08-10`)")] string Start,
    [About("The moment it ends, or the day after the last one; of the same kind as `start`")] string End,
    [About("The time zone it is shown in, such as `Asia/Tokyo`; not for whole days")] string? Zone = null,
    [About("The text below; Google shows simple HTML in it. Left out, it stays as it is")][Text(TextKind.Html)] string? Description = null,
    [About("Where it is: an address, a room, a link. Left out, it stays as it is")] string? Location = null,
    [About("The e-mail addresses of guests who are to be there; empty ones are left out, and nobody is removed")] IReadOnlyList<string>? Attendees = null,
    [About("true adds a Google Meet call to an entry that is made now")] bool Meet = false,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None,
    [About("A key of your own that nobody sees, such as a booking's number: `find-event` finds the entry by it")] string? Mark = null)
    : IOnCalendar, INewEntry;

/// <summary>
/// One entry for each effect key. It is looked for by the id that is made from the key, made where it is missing, and else changed where it
/// differs, on the condition that nobody changed it in between. With a step's <c>key</c> it is the entry that create-event makes under that key.
/// </summary>
internal sealed class UpsertEvent : CalendarAction<UpsertEventInput, CalendarEvent>
{
    public override string Name => "upsert-event";

    public override string About => "Makes an entry, or brings the one it made before to what is given.";

    public override string? Makes => "event";

    // Not Keyed: with a key of its own the step is to run again for each event, and the same state is written.
    public override Repeat Repeat => Repeat.Safe;

    protected override CalendarEvent Sample => CalendarEvent.Sample;

    protected override string? FindFlaw(UpsertEventInput input) =>
        EventTime.FindFlaw(input.Start, input.End, input.Zone) ?? Guests.FindFlaw(input.Attendees) ?? CreateEvent.FindMarkFlaw(input.Mark);

    protected override async Task<StepOutcome> ExecuteAsync(UpsertEventInput input, CalendarSession calendar, CancellationToken cancellationToken) =>
        await ThenAsync(await calendar.LookAsync(NewEntry.IdOf(calendar.EffectKey), cancellationToken), reply => reply.Entry is { } entry
            ? UpdateAsync(input, calendar, entry, cancellationToken)
            : MakeAsync(input, calendar, cancellationToken));

    private static async Task<StepOutcome> MakeAsync(UpsertEventInput input, CalendarSession calendar, CancellationToken cancellationToken) =>
        Then(
            await calendar.InsertAsync(NewEntry.Of(input, calendar.EffectKey), input.Notify, input.Meet, cancellationToken),
            reply => reply.Entry is { } made
                ? Done(made.ToEvent())
                : StepOutcome.Fail(FailureKind.Transient, "duplicate", "The entry was made by someone else at the same moment; the next try reads it."));

    private static async Task<StepOutcome> UpdateAsync(
        UpsertEventInput input, CalendarSession calendar, CalendarEntry entry, CancellationToken cancellationToken)
    {
        if (calendar.FindForeign(entry) is { } foreign)
        {
            return foreign;
        }

        if (EntryChanges.Find(input, entry) is not { Count: > 0 } changes)
        {
            return Done(entry.ToEvent());
        }

        if (entry.HidesAttendees && changes.ContainsKey(EntryChanges.Attendees))
        {
            return GuestLists.Hidden(entry.Id);
        }

        if (entry.Version is not { } version)
        {
            return GuestLists.Unreadable();
        }

        var changed = await calendar.PatchAsync(entry.Id, changes, input.Notify, version, cancellationToken);
        return Then(changed, reply => reply.Entry is { } after
            ? Done(after.ToEvent())
            : StepOutcome.Fail(FailureKind.Transient, "conditionNotMet", "Someone else changed the entry at the same moment; the next try reads it again."));
    }
}
