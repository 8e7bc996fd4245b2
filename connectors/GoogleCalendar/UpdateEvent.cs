using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.update-event</c> takes.</summary>
internal sealed record UpdateEventInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The entry's id, as `create-event` and `find-event` give it")] string Event,
    [About("The new title")] string? Title = null,
    [About("The new first moment with its offset, or the new first day")] string? Start = null,
    [About("The moment it ends now, or the day after the last one; of the same kind as `start`")] string? End = null,
    [About("The time zone `start` and `end` are shown in, such as `Asia/Tokyo`")] string? Zone = null,
    [About("The new text below; `''` clears it")][Text(TextKind.Html)] string? Description = null,
    [About("The new place; `''` clears it")] string? Location = null,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None)
    : IOnCalendar;

/// <summary>events.patch: what is not given stays as it is.</summary>
internal sealed class UpdateEvent : CalendarAction<UpdateEventInput, CalendarEvent>
{
    public override string Name => "update-event";

    public override string About => "Changes what is given of an entry and leaves the rest as it is.";

    public override Repeat Repeat => Repeat.Safe;

    protected override CalendarEvent Sample => CalendarEvent.Sample;

    protected override string? FindFlaw(UpdateEventInput input) =>
        CalendarIds.FindEntryFlaw(input.Event)
        ?? EventTime.FindFlaw(input.Start, input.End, input.Zone)
        ?? (Changes(input).Count == 0 ? "nothing to change is given; give title, start, end, description or location." : null);

    protected override async Task<StepOutcome> ExecuteAsync(UpdateEventInput input, CalendarSession calendar, CancellationToken cancellationToken) =>
        Then(
            await calendar.PatchAsync(input.Event, Changes(input), input.Notify, version: null, cancellationToken),
            reply => reply.Entry switch
            {
                null => StepOutcome.Fail(FailureKind.Transient, "conditionNotMet", "Someone else changed the entry at the same moment."),
                { IsCancelled: true } => calendar.Deleted(input.Event),
                var entry => Done(entry.ToEvent()),
            });

    private static Dictionary<string, object> Changes(UpdateEventInput input)
    {
        var changes = new Dictionary<string, object>();
        Add("summary", input.Title);
        Add("description", input.Description);
        Add("location", input.Location);
        Add("start", input.Start is { } start ? EventTime.Read(start)!.ToChange(input.Zone) : null);
        Add("end", input.End is { } end ? EventTime.Read(end)!.ToChange(input.Zone) : null);
        return changes;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                changes[name] = value;
            }
        }
    }
}
