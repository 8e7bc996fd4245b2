using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>
/// How fast one connection may be used, for all workers together: the platform's limit, what it asked for, and whether it is up. A run that
/// must wait gets a moment of its own, so that ten thousand waiting runs ask twice each and not all at once.
/// </summary>
internal sealed class Pace(RateLimit? limit)
{
    // After "slow down" from a platform that names no limit.
    private static readonly TimeSpan Careful = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CarefulFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);
    private const int ManyTurns = 1000;

    private readonly Lock _gate = new();
    private readonly Breaker _breaker = new();
    private readonly Dictionary<string, DateTimeOffset> _turns = new(StringComparer.Ordinal);
    private DateTimeOffset _nextTurn = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _carefulUntil = DateTimeOffset.MinValue;

    /// <summary>Null where the run may attempt now; else its turn.</summary>
    public DateTimeOffset? Enter(string runId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_turns.TryGetValue(runId, out var turn) && turn > now)
            {
                return turn;
            }

            var waited = _turns.Remove(runId);
            if (now < _pausedUntil)
            {
                return Queue(runId, _pausedUntil, now);
            }

            var trial = _breaker.OpenUntil is not null;
            if (_breaker.Ask(now) is { } later)
            {
                return Queue(runId, later, now);
            }

            // Who has waited for a turn has it, and a trial that waited for one would keep all others waiting.
            return waited || trial || Take(now) is not { } at ? null : Keep(runId, at, now);
        }
    }

    /// <summary>What an attempt came to.</summary>
    public void Tell(StepOutcome outcome, DateTimeOffset now)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case StepOutcome.Failed { Kind: FailureKind.RateLimited } limited:
                    var until = now + RetrySchedule.Asked(limited.RetryAfter);
                    _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
                    _carefulUntil = _pausedUntil + CarefulFor;
                    _breaker.Tell(failed: false, now);
                    break;
                case StepOutcome.Failed { Kind: FailureKind.Transient or FailureKind.Unconfirmed }:
                    _breaker.Tell(failed: true, now);
                    break;
                case StepOutcome.Done or StepOutcome.Failed:
                    _breaker.Tell(failed: false, now);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Why runs wait now, for a person; null while they need not.</summary>
    public PaceView? View(DateTimeOffset now)
    {
        lock (_gate)
        {
            return now < _pausedUntil ? new PaceView("it asked to slow down", _pausedUntil, _turns.Count)
                : _breaker.OpenUntil is { } open ? new PaceView("it does not answer as it should; one attempt tries then", open, _turns.Count)
                : _turns.Count > 0 ? new PaceView("its limit", _nextTurn, _turns.Count)
                : null;
        }
    }

    private TimeSpan IntervalAt(DateTimeOffset now) => limit?.Interval ?? (now < _carefulUntil ? Careful : TimeSpan.Zero);

    // The generic cell rate algorithm: the turn after the last one, less what a burst may run ahead.
    private DateTimeOffset? Take(DateTimeOffset now)
    {
        var interval = IntervalAt(now);
        if (interval == TimeSpan.Zero)
        {
            return null;
        }

        var turn = _nextTurn > now ? _nextTurn : now;
        _nextTurn = turn + interval;
        var ahead = interval * ((limit?.Burst ?? 1) - 1);
        return turn - ahead > now ? turn - ahead : null;
    }

    // After a pause all would come at its end: each gets a turn behind it.
    private DateTimeOffset Queue(string runId, DateTimeOffset from, DateTimeOffset now)
    {
        var interval = limit?.Interval ?? Careful;
        var turn = _nextTurn > from ? _nextTurn : from;
        _nextTurn = turn + interval;
        return Keep(runId, turn, now);
    }

    private DateTimeOffset Keep(string runId, DateTimeOffset turn, DateTimeOffset now)
    {
        if (_turns.Count >= ManyTurns)
        {
            // Runs that were cancelled or taken by another process never come for theirs.
            foreach (var gone in _turns.Where(entry => now - entry.Value > ForgetAfter).Select(entry => entry.Key).ToList())
            {
                _turns.Remove(gone);
            }
        }

        _turns[runId] = turn;
        return turn;
    }
}

/// <summary>Why the runs of a connection wait.</summary>
/// <param name="Runs">How many have a turn of their own.</param>
public sealed record PaceView(string Why, DateTimeOffset Until, int Runs);
