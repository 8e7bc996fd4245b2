using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.create-event</c> takes.</summary>
internal sealed record CreateEventInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The title of the entry")] string Title,
    [About("The first moment with its offset (`2026-08-10T10:00:00+09:00`), or the first day (`2026-08-10`)")] string Start,
    [About("The moment it ends, or the day after the last one; of the same kind as `start`")] string End,
    [About("The time zone it is shown in, such as `Asia/Tokyo`; not for whole days")] string? Zone = null,
    [About("The text below; Google shows simple HTML in it")][Text(TextKind.Html)] string? Description = null,
    [About("Where it is: an address, a room, a link")] string? Location = null,
    [About("The e-mail addresses of the guests; empty ones are left out")] IReadOnlyList<string>? Attendees = null,
    [About("true adds a Google Meet call")] bool Meet = false,
    [About("Who gets a mail about it: all guests, those outside Google Calendar, or nobody (as if left out)")] Notify Notify = Notify.None,
    [About("A key of your own that nobody sees, such as a booking's number: `find-event` finds the entry by it")] string? Mark = null)
    : IOnCalendar, INewEntry;

/// <summary>
/// events.insert with an id made from the effect key: Google refuses a second entry with it. A refusal is looked into, since the entry may have been
/// deleted, or be someone else's.
/// </summary>
internal sealed class CreateEvent : CalendarAction<CreateEventInput, CalendarEvent>
{
    private const int LongestMark = 1024;

    public override string Name => "create-event";

    public override string About => "Makes an entry in a calendar.";

    public override string? Makes => "event";

    public override Repeat Repeat => Repeat.Keyed;

    protected override CalendarEvent Sample => CalendarEvent.Sample;

    protected override string? FindFlaw(CreateEventInput input) =>
        EventTime.FindFlaw(input.Start, input.End, input.Zone) ?? Guests.FindFlaw(input.Attendees) ?? FindMarkFlaw(input.Mark);

    /// <summary>What is wrong with a mark, or null.</summary>
    public static string? FindMarkFlaw(string? mark) => mark is null or { Length: > 0 and <= LongestMark }
        ? null
        : $"'mark' has {mark.Length} characters; Google keeps 1 to {LongestMark}.";

    protected override async Task<StepOutcome> ExecuteAsync(CreateEventInput input, CalendarSession calendar, CancellationToken cancellationToken)
    {
        var id = NewEntry.IdOf(calendar.EffectKey);
        var made = await calendar.InsertAsync(NewEntry.Of(input, calendar.EffectKey), input.Notify, input.Meet, cancellationToken);
        return await ThenAsync(made, async reply => reply.Entry is { } entry
            ? Done(entry.ToEvent())
            : Then(await calendar.GetAsync(id, cancellationToken), there => JudgeTaken(there.Entry, calendar, id)));
    }

    protected override async Task<Probe> FindAsync(CreateEventInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (CalendarIds.FindCalendarFlaw(input.Calendar) is { } flaw)
        {
            return new Probe.Unknown($"{Name}: {flaw}");
        }

        return await (await OpenAsync(input, context, cancellationToken)).End(
            calendar => LookAsync(calendar, cancellationToken),
            stopped => Task.FromResult(stopped.AsProbe()));
    }

    private static async Task<Probe> LookAsync(CalendarSession calendar, CancellationToken cancellationToken) =>
        (await calendar.GetAsync(NewEntry.IdOf(calendar.EffectKey), cancellationToken)).End(
            reply => reply.Entry switch
            {
                // A deleted entry is not there either: sending again leads to the refusal that says so.
                null or { IsCancelled: true } => new Probe.Absent(),
                var entry when entry.Effect == calendar.EffectKey => Found(entry.ToEvent()),
                _ => new Probe.Unknown("The calendar has another entry with the id that this one was to get."),
            },
            stopped => stopped.AsProbe());

    private static StepOutcome JudgeTaken(CalendarEntry? entry, CalendarSession calendar, string id) =>
        entry is not null && calendar.FindForeign(entry) is { } foreign ? foreign
        : entry is not null ? Done(entry.ToEvent())
        : StepOutcome.Fail(
            FailureKind.Transient, "duplicate", $"Google says that the entry '{id}' is there and does not show it yet; the next try looks again.");
}
