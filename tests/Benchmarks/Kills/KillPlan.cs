namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>A run of the kill harness.</summary>
/// <param name="Kills">How often the gateway is killed.</param>
/// <param name="Clients">Senders that post at once, each waiting for its answer.</param>
/// <param name="Seed">Of the intervals; printed, so that a run can be repeated.</param>
/// <param name="Gateway">The program, or null for the one the solution built.</param>
internal sealed record KillPlan(int Kills, int Clients, int Seed, string? Gateway)
{
    /// <summary>The most events sent between two kills; more would only lengthen the wait for their effects.</summary>
    public int MostPerKill { get; init; } = 1000;

    /// <summary>The plan: with fewer accepted events than this the run has shown nothing.</summary>
    public int Fewest => 50 * Kills;

    /// <summary>One kill in this many comes while the gateway starts, the others while it works.</summary>
    public int StartKillEach { get; init; } = 8;

    /// <summary>How long the senders go on after the last kill, at least.</summary>
    public TimeSpan Tail { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a start may take until an event is acknowledged.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all effects may take after the last kill.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromMinutes(3);
}
