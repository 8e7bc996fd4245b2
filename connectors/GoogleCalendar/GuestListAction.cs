using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>An input that names guests of an entry.</summary>
internal interface IOnGuests : IOnCalendar
{
    /// <summary>The entry's id.</summary>
    string Event { get; }

    /// <summary>Their addresses.</summary>
    IReadOnlyList<string> Attendees { get; }

    /// <summary>Who gets a mail.</summary>
    Notify Notify { get; }
}

/// <summary>
/// A change of an entry's guests. Google only takes the whole list, so it is read, changed and sent back on the condition that nobody changed it
/// in between. Guests who stay go back as they came: their answers and notes are part of the list.
/// </summary>
internal abstract class GuestListAction<TInput, TOutput> : CalendarAction<TInput, TOutput>
    where TInput : class, IOnGuests
    where TOutput : class
{
    public sealed override Repeat Repeat => Repeat.Safe;

    protected sealed override string? FindFlaw(TInput input) => CalendarIds.FindEntryFlaw(input.Event) ?? Guests.FindFlaw(input.Attendees);

    /// <summary>Those of the addresses that make a change.</summary>
    protected abstract IReadOnlyList<string> FindChanges(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> addresses);

    /// <summary>The list after the change.</summary>
    protected abstract IReadOnlyList<JsonElement> Change(IReadOnlyList<JsonElement> guests, IReadOnlyList<string> changes);

    /// <summary>What the step gives.</summary>
    protected abstract TOutput Tell(CalendarEntry entry, IReadOnlyList<string> changes);

    protected sealed override async Task<StepOutcome> ExecuteAsync(TInput input, CalendarSession calendar, CancellationToken cancellationToken) =>
        await ThenAsync(await calendar.GetAsync(input.Event, cancellationToken), reply => reply.Entry switch
        {
            null => Task.FromResult(calendar.NotFound(input.Event)),
            { IsCancelled: true } => Task.FromResult(calendar.Deleted(input.Event)),
            { HidesAttendees: true } => Task.FromResult(GuestLists.Hidden(input.Event)),
            { Version: null } => Task.FromResult(GuestLists.Unreadable()),
            { Version: { } version } entry => ChangeAsync(input, calendar, entry, version, cancellationToken),
        });

    private async Task<StepOutcome> ChangeAsync(
        TInput input, CalendarSession calendar, CalendarEntry entry, string version, CancellationToken cancellationToken)
    {
        var guests = entry.Attendees;
        var changes = FindChanges(guests, Guests.Clean(input.Attendees));
        if (changes.Count == 0)
        {
            return Done(Tell(entry, changes));
        }

        var body = new Dictionary<string, object> { ["attendees"] = Change(guests, changes) };
        var changed = await calendar.PatchAsync(input.Event, body, input.Notify, version, cancellationToken);
        return Then(changed, reply => reply.Entry is { } after
            ? Done(Tell(after, changes))
            : StepOutcome.Fail(FailureKind.Transient, "conditionNotMet", "Someone else changed the entry at the same moment; the next try reads it again."));
    }
}

/// <summary>What stops a change of a guest list.</summary>
internal static class GuestLists
{
    public static StepOutcome Hidden(string entry) => StepOutcome.Fail(
        FailureKind.Rejected,
        "attendees_hidden",
        $"Google does not show all guests of the entry '{entry}', and sending the list back would remove the others. Use the organiser's calendar.");

    public static StepOutcome Unreadable() =>
        StepOutcome.Fail(FailureKind.Transient, "unreadable_answer", "Google gave the entry without its version (etag).");
}
