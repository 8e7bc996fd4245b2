using System.Collections.Concurrent;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>The pace of every connection.</summary>
public sealed class Pacing(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);

    /// <summary>Null where a run may attempt now; else when it is its turn. Costs no try and no attempt.</summary>
    internal DateTimeOffset? Enter(Target target, string runId, SharedCall? share, int writes)
        => _paces.GetOrAdd(target.Connection.Name, static (_, rate) => new Pace(rate), target.Manifest.Rate).Enter(runId, time.GetUtcNow(), share, writes);

    /// <summary>What an attempt came to.</summary>
    internal void Tell(string connection, StepOutcome outcome) => _paces.GetValueOrDefault(connection)?.Tell(outcome, time.GetUtcNow());

    /// <summary>Why the runs of a connection wait; null while they need not.</summary>
    public PaceView? View(string connection) => _paces.GetValueOrDefault(connection)?.View(time.GetUtcNow());
}
