using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What to do with a run in whose own script or parsing the process died again and again.</summary>
internal static class PoisonLimits
{
    /// <summary>From this many deaths on it is tried alone: with others beside it nobody knows whose fault it was.</summary>
    public const int AloneAfter = 2;

    /// <summary>A run that died alone too is parked.</summary>
    public const int ParkAfter = 3;

    public static RunError Error(int deaths) => new(
        "let",
        RunCodes.RunKilledGateway,
        $"The gateway died {deaths} times while it worked on this run's own script or values, the last time with nothing else running. The run is parked; mend the recipe and replay it.");
}
