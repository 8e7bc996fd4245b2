using System.Collections.Concurrent;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>The pace of every connection.</summary>
public sealed class Pacing(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);

    /// <summary>Null where a run may attempt now; else when it is its turn. Costs no try and no attempt.</summary>
    public DateTimeOffset? Enter(Connection connection, ConnectorManifest manifest, string runId)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(manifest);
        return _paces.GetOrAdd(connection.Name, static (_, rate) => new Pace(rate), manifest.Rate).Enter(runId, time.GetUtcNow());
    }

    /// <summary>What an attempt came to.</summary>
    public void Tell(string connection, StepOutcome outcome) => _paces.GetValueOrDefault(connection)?.Tell(outcome, time.GetUtcNow());

    /// <summary>Why the runs of a connection wait; null while they need not.</summary>
    public PaceView? View(string connection) => _paces.GetValueOrDefault(connection)?.View(time.GetUtcNow());
}
