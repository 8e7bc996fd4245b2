using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs.Work;

/// <summary>The guarantee behind the hints: finds what is due and nobody holds, and blocks whose credentials have changed.</summary>
public sealed class Sweep(IHubStore store, IConnections connections, PauseBook pauses, WorkQueue work, TimeProvider time, ILogger<Sweep> logger)
{
    private const int MostAtOnce = 1000;

    /// <summary>One pass.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReleaseAsync(cancellationToken).ConfigureAwait(false);
            await pauses.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var room = Math.Min(work.Room, MostAtOnce);
            if (room > 0)
            {
                foreach (var run in await store.DueRunsAsync(time.GetUtcNow(), room, cancellationToken).ConfigureAwait(false))
                {
                    work.Offer(new RunHint(run, null));
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            Log.StoreUnavailable(logger, exception);
        }
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var block in await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (connections.Current.Find(block.Connection) is { Problem: null } connection && connection.CredentialVersion != block.CredentialVersion)
            {
                var runs = await store.ReleaseConnectionAsync(block.Connection, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                Log.ConnectionReleased(logger, block.Connection, runs);
            }
        }
    }
}
