namespace ConnectorHub.Runs.Store;

/// <summary>What tells whether the work goes on.</summary>
public interface IVitalStore
{
    /// <summary>The oldest run that has not come to its end; null where all have. A dead letter has: it waits for a person.</summary>
    Task<RunRow?> OldestUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Who holds runs.</summary>
    /// <param name="lapsedBefore">A lease that ended before this counts as lapsed.</param>
    Task<IReadOnlyList<LeaseHolder>> LeasesAsync(DateTimeOffset lapsedBefore, CancellationToken cancellationToken);
}

/// <summary>A process that works on runs.</summary>
/// <param name="Owner">Its name: machine and process.</param>
/// <param name="FirstEnds">When the first of its leases ends.</param>
/// <param name="Lapsed">How many of the runs have a lease that is over.</param>
public sealed record LeaseHolder(string Owner, long Runs, DateTimeOffset FirstEnds, long Lapsed);
