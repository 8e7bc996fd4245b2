using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Acts;

/// <summary>Why an act cannot be done, in words that say what can.</summary>
internal static class ActWords
{
    public static string NotAsking(RunRow run) =>
        $"{run.Id} is {run.State}: there is no doubt to decide. {(run.State == RunState.DeadLettered ? "Replay or cancel it." : "Look at it: connectorhub show " + run.Id)}";

    public static string NotNow(RunAct act, string runId, ActResult.NotNow now) => (act, now) switch
    {
        (_, { ReplayedAs: { } other }) => $"{runId} was replayed as {other} before; that is the one to act on.",
        (_, { State: RunState.Running }) => $"{runId} is at work just now; try again in a moment.",
        (RunAct.Cancel, _) => $"{runId} has ended ({now.State}); there is nothing to cancel.",
        (RunAct.Restart, _) => $"{runId} is {now.State} and goes on by itself. Cancel it first, or wait until it has ended.",
        (RunAct.Resume, { State: RunState.Succeeded }) => $"{runId} has succeeded. To do it once more: --again",
        (RunAct.Resume, { State: RunState.Asking }) => $"{runId} asks whether step happened; decide: connectorhub decide {runId} happened, or send-again",
        _ => $"{runId} is {now.State} and not a dead letter.",
    };
}
