using System.Globalization;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <content>What it says while it waits for a connection's retry window.</content>
internal sealed partial class ActiveRun
{
    private const string WindowCode = "retry_window";

    /// <summary>Why it waits until a moment.</summary>
    public static RunError WaitsForWindow(string stepId, RetryWindow window, DateTimeOffset opens) => new(
        stepId,
        WindowCode,
        $"waits for its retry window: {TimeZoneInfo.ConvertTime(opens, window.Zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)} ({window.Text})");

    /// <summary>What it says in place of a window it does not wait for any more; null where it did not.</summary>
    public RunError? AfterWindow(string code, string message) => _row.Error is { Code: WindowCode } waited ? new RunError(waited.Step, code, message) : null;
}
