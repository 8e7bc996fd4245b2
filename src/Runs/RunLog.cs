using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What the scripts of a stored run said with <c>hub.log</c>.</summary>
public static class RunLog
{
    /// <summary>Its lines: text, never markup.</summary>
    public static IReadOnlyList<string> Of(RunRow run) => ActiveRun.LogIn(run.Lets);
}
