using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What <c>google-calendar.find-event</c> takes.</summary>
internal sealed record FindEventInput(
    [About("The calendar's id, often an e-mail address (its settings, *Integrate calendar*)")] string Calendar,
    [About("The entry's id. Give this or `mark`")] string? Event = null,
    [About("The key that `create-event` gave the entry. Give this or `event`")] string? Mark = null)
    : IOnCalendar;

/// <summary>What <c>google-calendar.find-event</c> gives.</summary>
internal sealed record FoundEvent(
    [About("false where there is no such entry, or it was deleted")] bool Found,
    [About("The entry's id within its calendar")] string? Id = null,
    [About("`confirmed` or `tentative`")] string? Status = null,
    [About("The title of the entry")] string? Title = null,
    [About("Its first moment with offset, or its first day")] string? Start = null,
    [About("The moment it ends with offset, or the day after its last")] string? End = null,
    [About("Its time zone, such as `Asia/Tokyo`")] string? Zone = null,
    [About("Where it is")] string? Location = null,
    [About("The address of the entry in Google Calendar")] string? Link = null,
    [About("The address of its Meet call")] string? MeetLink = null,
    [About("The e-mail addresses of its guests")] IReadOnlyList<string>? Attendees = null)
{
    public static FoundEvent Of(CalendarEntry entry)
    {
        var shown = entry.ToEvent();
        return new FoundEvent(
            true,
            shown.Id,
            shown.Status,
            shown.Title,
            shown.Start,
            shown.End,
            shown.Zone,
            shown.Location,
            shown.Link,
            shown.MeetLink,
            shown.Attendees);
    }
}

/// <summary>events.get, or events.list by the private property.</summary>
internal sealed class FindEvent : CalendarAction<FindEventInput, FoundEvent>
{
    private const int MostPages = 10;

    public override string Name => "find-event";

    public override string About => "Finds an entry by its id, or by the mark it was made with.";

    public override Repeat Repeat => Repeat.Reads;

    protected override FoundEvent Sample => new(false);

    protected override string? FindFlaw(FindEventInput input) => (input.Event, input.Mark) switch
    {
        ({ } entry, null) => CalendarIds.FindEntryFlaw(entry),
        (null, { } mark) => CreateEvent.FindMarkFlaw(mark),
        _ => "give either 'event' or 'mark'.",
    };

    protected override Task<StepOutcome> ExecuteAsync(FindEventInput input, CalendarSession calendar, CancellationToken cancellationToken) =>
        input.Event is { } entry ? GetAsync(entry, calendar, cancellationToken) : SearchAsync(input.Mark!, calendar, cancellationToken);

    private static async Task<StepOutcome> GetAsync(string entry, CalendarSession calendar, CancellationToken cancellationToken) =>
        await ThenAsync(await calendar.GetAsync(entry, cancellationToken), async reply => reply.Entry switch
        {
            null => Then(await calendar.AskForCalendarAsync(cancellationToken), _ => Done(new FoundEvent(false))),
            { IsCancelled: true } => Done(new FoundEvent(false)),
            var found => Done(FoundEvent.Of(found)),
        });

    private static async Task<StepOutcome> SearchAsync(string mark, CalendarSession calendar, CancellationToken cancellationToken)
    {
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var reply = await calendar.ListAsync(mark, next, cancellationToken);
            if (reply is not GoogleReply<EntryPage>.Got { Value: { First: null, Next: { } following } })
            {
                return Then(reply, last => Done(last.First is { } entry ? FoundEvent.Of(entry) : new FoundEvent(false)));
            }

            next = following;
        }

        return StepOutcome.Fail(FailureKind.Rejected, "too_many_pages", $"Google did not come to an end after {MostPages} pages. Find the entry by its id.");
    }
}
