using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.cancel-event</c> takes.</summary>
internal sealed record CancelEventInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The entry's id, as `create-event` and `find-event` give it")] string Event,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None)
    : IOnCalendar;

/// <summary>What <c>google-calendar.cancel-event</c> gives.</summary>
internal sealed record CancelledEvent(
    [About("The entry's id")] string Id,
    [About("true: the entry is deleted, now or before")] bool Cancelled);

/// <summary>
/// events.delete. The entry is read first: 404 on the deletion of an entry that was just seen means gone, without that it may be a wrong id.
/// </summary>
internal sealed class CancelEvent : CalendarAction<CancelEventInput, CancelledEvent>
{
    public override string Name => "cancel-event";

    public override string About => "Deletes an entry from a calendar.";

    public override Repeat Repeat => Repeat.Safe;

    protected override CancelledEvent Sample => new(CalendarEvent.Sample.Id, true);

    protected override string? FindFlaw(CancelEventInput input) => CalendarIds.FindEntryFlaw(input.Event);

    protected override async Task<StepOutcome> ExecuteAsync(CancelEventInput input, CalendarSession calendar, CancellationToken cancellationToken)
    {
        var gone = new CancelledEvent(input.Event, true);
        return await ThenAsync(await calendar.GetAsync(input.Event, cancellationToken), async reply => reply.Entry switch
        {
            null => calendar.NotFound(input.Event),
            { IsCancelled: true } => Done(gone),
            _ => Then(await calendar.DeleteAsync(input.Event, input.Notify, cancellationToken), _ => Done(gone)),
        });
    }
}
