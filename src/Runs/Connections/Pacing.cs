using System.Collections.Concurrent;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>The pace of every connection.</summary>
public sealed class Pacing(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _left = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);

    /// <summary>Null where a run may attempt now; else when it is its turn. Costs no try and no attempt.</summary>
    /// <param name="destination">Where it goes within the connection, as the action says; null where that does not matter.</param>
    internal DateTimeOffset? Enter(Target target, string runId, SharedCall? share, int writes, string? destination)
        => Of(target.Connection.Name, target.Manifest).Enter(runId, time.GetUtcNow(), share, writes, destination);

    /// <summary>What an attempt came to.</summary>
    internal void Tell(Attempting attempt, StepOutcome outcome)
        => _paces.GetValueOrDefault(attempt.Connection.Name)?.Tell(outcome, time.GetUtcNow(), attempt.Target.Destination(attempt.Input));

    /// <summary>An answer says how much is left: where nothing is, the connection pauses before it is refused.</summary>
    internal void Heed(Connection connection, ConnectorManifest manifest, SendReply.Answered answer)
    {
        // Where a connection goes to any host, one of them does not speak for the others.
        var now = time.GetUtcNow();
        var onePlatform = connection.BaseUrl is not null || !manifest.Hosts.Contains("*");
        if (onePlatform && Allowance.Left(answer) is { } left)
        {
            _left[connection.Name] = left;
        }

        if (onePlatform && Allowance.Spent(answer, now) is { } wait)
        {
            Of(connection.Name, manifest).Pause(wait, "its calls are used up for now", now);
        }
    }

    /// <summary>Why the runs of a connection wait; null while they need not.</summary>
    public PaceView? View(string connection) => _paces.GetValueOrDefault(connection)?.View(time.GetUtcNow());

    /// <summary>Connections that do not answer as they should, and since when.</summary>
    public IReadOnlyList<(string Connection, DateTimeOffset Since)> Down() =>
        [.. from pace in _paces let since = pace.Value.DownSince where since is not null orderby pace.Key select (pace.Key, since.Value)];

    /// <summary>How many calls a platform last said were left for a connection; null where it never did.</summary>
    public long? CallsLeft(string connection) => _left.TryGetValue(connection, out var left) ? left : null;

    private Pace Of(string connection, ConnectorManifest manifest)
        => _paces.GetOrAdd(connection, static (_, manifest) => new Pace(manifest.Rate, manifest.DestinationRate), manifest);
}
