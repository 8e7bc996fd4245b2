using System.Collections.Immutable;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Acts;

/// <summary>What is held up now, in memory: for a run between two steps. The store itself hands out no run that is paused.</summary>
public sealed class PauseBook(IHubStore store, TimeProvider time)
{
    private ImmutableArray<Pause> _pauses = [];

    /// <summary>True where nothing is held up: nearly always.</summary>
    public bool IsEmpty => _pauses.IsEmpty;

    /// <summary>Reads it anew. The sweep does so each second, whoever paused.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        _pauses = [.. await store.PausesAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false)];

    /// <summary>What holds up such a run; null where nothing does.</summary>
    /// <param name="hook">By which its event came.</param>
    /// <param name="connection">Where it would go next; null where it goes to none.</param>
    public Pause? Holding(string recipe, string hook, string? connection)
    {
        foreach (var pause in _pauses)
        {
            if (pause.IsAbout(recipe, hook, connection) && (pause.Until is not { } until || until > time.GetUtcNow()))
            {
                return pause;
            }
        }

        return null;
    }
}
