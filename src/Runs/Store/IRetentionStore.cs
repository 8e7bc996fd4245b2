namespace ConnectorHub.Runs.Store;

/// <summary>What is kept no longer.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Removes what may go, oldest first. Each element is one small transaction that is done, or a look that found nothing to remove, so that the
    /// caller may rest between two, or stop: the next call begins anew.
    /// An event goes with its runs and their attempts, in one transaction, when it is older than <paramref name="kept"/> says and each of its runs
    /// has Succeeded, Expired or been Cancelled, and is older as well. Keys (of events, <c>once_per</c>, of what was made) go when their own time is over and
    /// never with an event. The newest event of each connection stays.
    /// </summary>
    IAsyncEnumerable<Forgotten> ForgetAsync(KeptSince kept, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What is younger stays.</summary>
/// <param name="Events">Events with runs, and their runs.</param>
/// <param name="Unmatched">Events without any run.</param>
public sealed record KeptSince(DateTimeOffset Events, DateTimeOffset Unmatched);

/// <summary>What is gone.</summary>
public sealed record Forgotten(long Events, long Runs, long Attempts, long Keys)
{
    public static Forgotten Nothing { get; } = new(0, 0, 0, 0);

    public Forgotten And(Forgotten other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Events + other.Events, Runs + other.Runs, Attempts + other.Attempts, Keys + other.Keys);
    }
}
