using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>The store's own counts at a moment.</summary>
internal sealed record Seen(StoreCounts Counts, IReadOnlySet<string> Blocked);

/// <summary>Keeps the last look at the store: gauges are asked without waiting, so somebody looks before.</summary>
internal sealed class Sight(IHubStore store, TimeProvider time)
{
    private volatile Seen? _last;

    /// <summary>Null before the first look.</summary>
    public Seen? Last => _last;

    /// <summary>How late the oldest due run is; zero where none is due.</summary>
    public static TimeSpan Late(StoreCounts counts, DateTimeOffset now) => counts.OldestDue is { } due && due < now ? now - due : TimeSpan.Zero;

    /// <summary>Looks; a store that cannot be read leaves what was seen before.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var counts = await store.CountsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            var blocks = await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false);
            _last = new Seen(counts, blocks.Select(block => block.Connection).ToHashSet(StringComparer.Ordinal));
        }
        catch (StoreUnavailableException)
        {
            // The page says connectorhub_store_available 0.
        }
    }
}
