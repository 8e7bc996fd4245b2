using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>One thing that happened to an event or its runs.</summary>
/// <param name="Run">The run it happened to; null for the event itself.</param>
/// <param name="Words">For a person.</param>
public sealed record StoryLine(DateTimeOffset At, string? Run, string Words);

/// <summary>A run with all that was written down of it.</summary>
internal sealed record RunPast(RunRow Run, IReadOnlyList<AttemptRow> Attempts, IReadOnlyList<AuditEntry> Acts);

/// <summary>Tells what happened to an event in the order of time: how it came, what was tried, and what people did.</summary>
internal static class EventStory
{
    /// <param name="repeats">When it came once more, as far as that is kept.</param>
    public static IReadOnlyList<StoryLine> Of(EventRow row, string hook, IReadOnlyList<DateTimeOffset> repeats, IReadOnlyList<RunPast> runs) =>
    [
        .. new[] { new StoryLine(row.ReceivedAt, null, $"it came by {hook}{(runs.Count == 0 ? ", and led to no run" : string.Empty)}") }
            .Concat(repeats.Select(at => new StoryLine(at, null, "it came once more; the first one counts")))
            .Concat(runs.SelectMany(Of))
            // Equal moments keep the order in which they were put: a run is opened before it is worked on.
            .OrderBy(line => line.At),
    ];

    private static IEnumerable<StoryLine> Of(RunPast past)
    {
        var run = past.Run;
        yield return Line(run, run.CreatedAt, $"a run is opened{(run.Rehearsal ? " as a rehearsal" : string.Empty)}");
        foreach (var attempt in past.Attempts)
        {
            yield return Line(run, attempt.StartedAt, $"attempt {attempt.Number} at step {attempt.StepId}: {Came(attempt)}");
        }

        foreach (var act in past.Acts)
        {
            yield return Line(run, act.At, $"{act.Who}: {act.Act}{(act.Detail.Length == 0 ? string.Empty : $", {act.Detail}")}{(act.Why.Length == 0 ? string.Empty : $" (\"{act.Why}\")")}");
        }

        if (run.FinishedAt is { } end && run.State is RunState.Succeeded or RunState.Expired or RunState.Cancelled or RunState.DeadLettered)
        {
            yield return Line(run, end, $"it is {Ended(run)}");
        }
    }

    private static StoryLine Line(RunRow run, DateTimeOffset at, string words) => new(at, run.Id, $"{run.RecipeId}: {words}");

    private static string Came(AttemptRow attempt) => attempt.State switch
    {
        AttemptState.Done when attempt.Code == AttemptRecords.Found => "its answer was lost, and it was found at the target",
        AttemptState.Done => "done",
        AttemptState.Rehearsed => "rehearsed, nothing was sent",
        AttemptState.Started => "no outcome yet",
        AttemptState.Unconfirmed => "its answer was lost",
        _ => $"failed, {attempt.Code}",
    };

    private static string Ended(RunRow run) => run switch
    {
        { State: RunState.DeadLettered } => "a dead letter now, and waits for a person",
        { State: RunState.Succeeded, Rehearsal: true } => "done, rehearsed",
        { State: RunState.Succeeded } => "done",
        { State: RunState.Expired } => "over: too late",
        _ => "given up",
    };
}
