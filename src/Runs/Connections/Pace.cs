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

    // The last turn booked for each call that several share, and the turns nobody has used yet.
    private readonly Dictionary<string, (DateTimeOffset At, int Seats)> _shared = new(StringComparer.Ordinal);
    private readonly HashSet<(string Key, DateTimeOffset At)> _unused = [];
    private DateTimeOffset _nextTurn = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _carefulUntil = DateTimeOffset.MinValue;

    /// <summary>Null where the run may attempt now; else its turn.</summary>
    /// <param name="runId">Who waits.</param>
    /// <param name="now">The time.</param>
    /// <param name="share">Where it goes out in one call with others: they have one turn together, and the first to use it has it.</param>
    /// <param name="writes">How many requests its attempt takes of the limit.</param>
    public DateTimeOffset? Enter(string runId, DateTimeOffset now, SharedCall? share = null, int writes = 1)
    {
        lock (_gate)
        {
            if (_turns.TryGetValue(runId, out var turn) && turn > now)
            {
                return turn;
            }

            var waited = _turns.Remove(runId) && (share is null || _unused.Remove((share.Key, turn)));
            if (now < _pausedUntil)
            {
                return Queue(runId, share, _pausedUntil, now, writes);
            }

            var trial = _breaker.OpenUntil is not null;
            if (_breaker.Ask(now) is { } later)
            {
                return Queue(runId, share, later, now, writes);
            }

            // Who has waited for a turn has it, and a trial that waited for one would keep all others waiting.
            return waited || trial ? null
                : Seat(share, now) is { } seat ? Keep(runId, seat, now)
                : Take(now, writes) is { } at ? Keep(runId, Book(share, at), now)
                : null;
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
    private DateTimeOffset? Take(DateTimeOffset now, int writes)
    {
        var interval = IntervalAt(now);
        if (interval == TimeSpan.Zero)
        {
            return null;
        }

        var turn = _nextTurn > now ? _nextTurn : now;
        _nextTurn = turn + (interval * writes);
        var ahead = interval * ((limit?.Burst ?? 1) - 1);
        return turn - ahead > now ? turn - ahead : null;
    }

    // After a pause all would come at its end: each gets a turn behind it.
    private DateTimeOffset Queue(string runId, SharedCall? share, DateTimeOffset from, DateTimeOffset now, int writes)
    {
        if (Seat(share, from > now ? from : now) is { } seat)
        {
            return Keep(runId, seat, now);
        }

        var interval = limit?.Interval ?? Careful;
        var turn = _nextTurn > from ? _nextTurn : from;
        _nextTurn = turn + (interval * writes);
        return Keep(runId, Book(share, turn), now);
    }

    // A turn that others have booked for the same call, and that has room.
    private DateTimeOffset? Seat(SharedCall? share, DateTimeOffset from)
    {
        if (share is null || !_shared.TryGetValue(share.Key, out var booked) || booked.Seats == 0 || booked.At < from)
        {
            return null;
        }

        _shared[share.Key] = booked with { Seats = booked.Seats - 1 };
        return booked.At;
    }

    private DateTimeOffset Book(SharedCall? share, DateTimeOffset at)
    {
        if (share is not null)
        {
            _shared[share.Key] = (at, share.Seats - 1);
            _unused.Add((share.Key, at));
        }

        return at;
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

            foreach (var gone in _shared.Where(entry => now - entry.Value.At > ForgetAfter).Select(entry => entry.Key).ToList())
            {
                _shared.Remove(gone);
            }

            _unused.RemoveWhere(turn => now - turn.At > ForgetAfter);
        }

        _turns[runId] = turn;
        return turn;
    }
}

/// <summary>Why the runs of a connection wait.</summary>
/// <param name="Runs">How many have a turn of their own.</param>
public sealed record PaceView(string Why, DateTimeOffset Until, int Runs);

/// <summary>A call that several runs share: what they have in common, and how many fit.</summary>
internal sealed record SharedCall(string Key, int Seats);
