using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Says of each step of a run what certainly happened and what may have, from what is written down and nothing else.</summary>
internal static class RunStory
{
    // What people know a thing by at its target, the plainest first.
    private static readonly string[] Marks = ["row", "id", "ts", "link"];

    public static IReadOnlyList<StepDetail> Steps(RunRow run, IReadOnlyList<AttemptRow> attempts) =>
        [.. Reused(run, attempts), .. attempts.GroupBy(attempt => attempt.StepId, StringComparer.Ordinal).Select(step => Step(run, [.. step]))];

    /// <summary>What a person may do about a run that waits for one; null where it does not.</summary>
    public static string? Advice(RunRow run) => run.State switch
    {
        RunState.Asking => $"Look at the target whether it is there, then: connectorhub decide {run.Id} happened, or send-again. The hub sends nothing by itself as long as it asks. "
            + "Where twice is better than never, write 'repeat: again' in the step: later runs then send again by themselves.",
        RunState.Blocked when run.NextConnection is { } connection =>
            $"Put the connection right, then: connectorhub connections check {connection}. The run goes on by itself, and so it does when new credentials are set.",
        RunState.DeadLettered => $"It is kept, and nothing is sent by itself. Mend the cause, then: connectorhub replay {run.Id} (with --rehearse first, if you like), or give it up: connectorhub cancel {run.Id} --why \"…\"",
        _ => null,
    };

    // A step with an output and without an attempt took what another run had made.
    private static IEnumerable<StepDetail> Reused(RunRow run, IReadOnlyList<AttemptRow> attempts)
    {
        if (AdminViews.Json(run.Outputs) is not { ValueKind: JsonValueKind.Object } outputs)
        {
            yield break;
        }

        foreach (var output in outputs.EnumerateObject().Where(output => attempts.All(attempt => attempt.StepId != output.Name)))
        {
            var key = KeyIn(run.Note, output.Name) is { } named ? $" from key '{named}'" : string.Empty;
            yield return new StepDetail(output.Name, null, null, StepFact.TakenOver, $"taken over{key}: it was made before{What(output.Value)}; nothing was sent");
        }
    }

    private static string? KeyIn(string note, string step)
    {
        const string End = "' was made before";
        var begin = note.IndexOf($"{step}: '", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : note.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? null : note[(begin + step.Length + 3)..end];
    }

    private static StepDetail Step(RunRow run, IReadOnlyList<AttemptRow> attempts)
    {
        var last = attempts[^1];
        var (fact, sentence) = Fact(run, last);
        return new StepDetail(last.StepId, last.Action, last.Connection, fact, sentence + Earlier(last, attempts));
    }

    private static (StepFact Fact, string Sentence) Fact(RunRow run, AttemptRow last) => last switch
    {
        { State: AttemptState.Rehearsed } => (StepFact.Rehearsed, "rehearsed: nothing was sent"),
        { State: AttemptState.Done, Code: AttemptRecords.Found } =>
            (StepFact.Happened, $"happened{What(AdminViews.Json(last.Output))}: its answer was lost, and it was found at the target at {At(last.EndedAt)}"),
        { State: AttemptState.Done } => (StepFact.Happened, $"happened{What(AdminViews.Json(last.Output))}, confirmed by the answer at {At(last.EndedAt)}"),
        { State: AttemptState.Started } when run.State == RunState.Running => (StepFact.UnderWay, $"under way since {At(last.StartedAt)}; no outcome yet"),
        { State: AttemptState.Started } => (StepFact.NotKnown, $"not known: the hub ended before it had the outcome of the attempt at {At(last.StartedAt)}{Next(run)}"),
        { State: AttemptState.Unconfirmed } => (StepFact.NotKnown, $"not known: the answer was lost at {At(last.EndedAt)}{Next(run)}"),
        { Kind: nameof(FailureKind.Unconfirmed) } => (StepFact.NotKnown, $"not known: {Lost(last)}; it is sent again"),
        { Code: "unconfirmed" } => (StepFact.NotKnown, $"not known: {Plain(last.Message)}"),
        { Kind: nameof(FailureKind.Rejected) } => (StepFact.DidNotHappen, $"did not happen: refused, {Plain(last.Message)}"),
        { Kind: nameof(FailureKind.Unauthorized) } => (StepFact.DidNotHappen, $"did not happen: the credentials were refused, {Plain(last.Message)}"),
        _ => (StepFact.DidNotHappen, $"certainly did not happen: {Plain(last.Message)}{Next(run)}"),
    };

    private static string Next(RunRow run) => run switch
    {
        { State: RunState.Asking } => "; whether it happened is for you to say",
        { State: RunState.Waiting or RunState.Queued, DueAt: { } due } => $"; goes on at {At(due)}",
        _ => string.Empty,
    };

    // What was sent before and never answered for is said, unless looking showed that it is not there.
    private static string Earlier(AttemptRow last, IReadOnlyList<AttemptRow> attempts)
    {
        var lost = attempts.Where(attempt => attempt.Number != last.Number && attempt.Kind == nameof(FailureKind.Unconfirmed)).ToList();
        return lost.Count == 0 || last.Rehearsal ? string.Empty : $". Before that: {string.Join("; ", lost.Select(attempt => $"{Lost(attempt)}; sent again"))}";
    }

    private static string Lost(AttemptRow attempt) =>
        $"the attempt at {At(attempt.StartedAt)} got no answer{(attempt.Message.Length > 0 ? $"; {Plain(attempt.Message)}" : string.Empty)}";

    private static string What(JsonElement? output)
    {
        if (output is not { ValueKind: JsonValueKind.Object } members)
        {
            return string.Empty;
        }

        foreach (var mark in Marks)
        {
            if (members.TryGetProperty(mark, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return $" ({mark} {value})";
            }
        }

        return string.Empty;
    }

    private static string Plain(string message) => message.TrimEnd('.', ' ');

    private static string At(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
