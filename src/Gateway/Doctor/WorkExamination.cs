using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>What the doctor says about runs: the oldest that is not done, who works on them, what a person holds up.</summary>
internal static class WorkExamination
{
    // By then the waits of the usual retry schedule are over but for the last two.
    private static readonly TimeSpan Old = TimeSpan.FromHours(24);

    public static IEnumerable<(Urgency Urgency, string Sentence)> Runs(Chart chart)
    {
        if (chart.Vitals.OldestUnfinished is { } oldest)
        {
            var age = chart.Clock.Now - oldest.CreatedAt;
            yield return (
                age < Old ? Urgency.Ok : Urgency.Look,
                $"The oldest unfinished run is {oldest.Id} of {oldest.Recipe}: {Hooks.HubTime.Span(age)} old. {Waits(oldest, chart)} See: connectorhub show {oldest.Id}");
        }

        foreach (var holder in chart.Vitals.Leases)
        {
            yield return Lease(holder, chart);
        }
    }

    public static IEnumerable<(Urgency Urgency, string Sentence)> Pauses(Chart chart) =>
        chart.Vitals.Pauses.Select(pause => (Urgency.Look, PausePrinter.Line(pause, chart.Clock)));

    private static string Waits(RunSummary run, Chart chart) => run switch
    {
        { State: RunState.Asking } => $"It asks you whether something was done: connectorhub decide {run.Id} happened, or: send-again.",
        { State: RunState.Running } => "It is being worked on.",
        { State: RunState.Blocked } => $"It waits for connection {run.WaitsFor}, which is blocked.{Said(run)}",
        _ when chart.Vitals.Pauses.Any(pause => Holds(pause.Pause, run)) => "It is held up by a pause.",
        { DueAt: null } => "It stands in line behind another run with the same order_by.",
        { DueAt: { } due } when due > chart.Clock.Now => $"It waits until {chart.Clock.Moment(due, chart.Clock.Now)}{(run.WaitsFor is { } next ? $" to go to {next}" : string.Empty)}.{Said(run)}",
        _ when !chart.Serving => "It goes on when the gateway is started.",
        { DueAt: { } due } => $"It could have gone on at {chart.Clock.Moment(due, chart.Clock.Now)}.{Said(run)}",
    };

    private static string Said(RunSummary run) => run.Error is { } error ? $" The last try said: {error.Code}: {error.Message.TrimEnd('.')}." : string.Empty;

    private static bool Holds(Pause pause, RunSummary run) => pause.Kind switch
    {
        PauseKind.All => true,
        PauseKind.Recipe => pause.Name == run.Recipe,
        PauseKind.Connection => pause.Name == run.WaitsFor,
        _ => false,
    };

    private static (Urgency Urgency, string Sentence) Lease(LeaseHolder holder, Chart chart)
    {
        var held = holder.Runs == 1 ? "1 run" : $"{holder.Runs} runs";
        return holder.Lapsed == 0
            ? (Urgency.Ok, $"{holder.Owner} works on {held}; if it dies, the first of them is taken up again at {chart.Clock.Moment(holder.FirstEnds, chart.Clock.Now)}.")
            : (Urgency.Look, $"{holder.Owner} holds {held}, and the lease of {holder.Lapsed} is over, the first since {chart.Clock.Moment(holder.FirstEnds, chart.Clock.Now)}: "
                + "nobody has taken them up again. Their connection is blocked or paused, or the gateway does not keep up.");
    }
}
