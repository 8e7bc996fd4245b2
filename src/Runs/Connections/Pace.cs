using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>
/// How fast one connection may be used, for all workers together: the platform's limits, what it asked for, and whether it is up. A run that
/// must wait gets a moment of its own that every limit agrees with, so that ten thousand waiting runs ask twice each and not all at once.
/// </summary>
/// <param name="limit">Of the connection; null where there is none.</param>
/// <param name="perDestination">Of each destination an action names; null where there is none.</param>
internal sealed class Pace(RateLimit? limit, RateLimit? perDestination = null)
{
    private const string AskedToSlowDown = "it asked to slow down";

    // So many destinations of one connection told to slow down within a minute mean the whole of it.
    private const int ManyPaused = 3;
    private const int Tries = 3;
    private static readonly TimeSpan PausedTogether = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Breaker _breaker = new();
    private readonly Line _line = new(limit);
    private readonly Destinations _destinations = new(perDestination);
    private readonly Bookings _bookings = new();
    private readonly Queue<(string Destination, DateTimeOffset At)> _slowed = new();

    /// <summary>How many destinations are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_gate)
            {
                return _destinations.Count;
            }
        }
    }

    /// <summary>Null where the run may attempt now; else its turn.</summary>
    /// <param name="runId">Who waits.</param>
    /// <param name="now">The time.</param>
    /// <param name="share">Where it goes out in one call with others: they have one turn together, and the first to use it has it.</param>
    /// <param name="writes">How many requests its attempt takes of the platform's limit.</param>
    /// <param name="destination">Where it goes within the connection; null where that does not matter.</param>
    public DateTimeOffset? Enter(string runId, DateTimeOffset now, SharedCall? share = null, int writes = 1, string? destination = null)
    {
        lock (_gate)
        {
            if (_bookings.Find(runId) is { } turn && turn.At > now)
            {
                return turn.At;
            }

            var waited = _bookings.Leave(runId, share);
            var way = new Way(destination, _destinations.Find(destination, now), share, writes);
            var paused = way.Line is { } there && there.PausedUntil > _line.PausedUntil ? there.PausedUntil : _line.PausedUntil;
            if (now < paused)
            {
                return Queue(runId, way, waited, paused, now);
            }

            var trial = _breaker.OpenUntil is not null;
            if (_breaker.Ask(now) is { } later)
            {
                return Queue(runId, way, waited, later, now);
            }

            // Who has waited for a turn has it, and a trial that waited for one would keep all others waiting.
            return waited is not null || trial ? null
                : _bookings.Seat(share, now) is { } seat ? _bookings.Keep(runId, seat, now)
                : Take(way, now) is { } booked ? _bookings.Keep(runId, _bookings.Share(share, booked), now)
                : null;
        }
    }

    /// <summary>What an attempt came to.</summary>
    public void Tell(StepOutcome outcome, DateTimeOffset now, string? destination = null)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case StepOutcome.Failed { Kind: FailureKind.RateLimited } limited:
                    SlowDown(now, RetrySchedule.Asked(limited.RetryAfter), destination);
                    _breaker.Tell(failed: false, now);
                    break;
                case StepOutcome.Failed { Kind: FailureKind.Transient or FailureKind.Unconfirmed }:
                    _breaker.Tell(failed: true, now);
                    break;
                case StepOutcome.Done or StepOutcome.Failed:
                    _line.Taken();
                    _destinations.Known(destination)?.Taken();
                    _breaker.Tell(failed: false, now);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The platform said that nothing is left for so long.</summary>
    public void Pause(TimeSpan wait, string why, DateTimeOffset now)
    {
        lock (_gate)
        {
            _line.Pause(now + (wait > RetrySchedule.LongestRetryAfter ? RetrySchedule.LongestRetryAfter : wait), why);
        }
    }

    /// <summary>Since when it has not answered as it should; null where it answers.</summary>
    public DateTimeOffset? DownSince
    {
        get
        {
            lock (_gate)
            {
                return _breaker.OpenSince;
            }
        }
    }

    /// <summary>Why runs wait now, for a person; null while they need not.</summary>
    public PaceView? View(DateTimeOffset now)
    {
        lock (_gate)
        {
            var places = _destinations.View(now, _bookings);
            return now < _line.PausedUntil ? new PaceView(_line.Why, _line.PausedUntil, _bookings.Count, places)
                : _breaker.OpenUntil is { } open ? new PaceView("it does not answer as it should; one attempt tries then", open, _bookings.Count, places)
                : places.Any(place => place.Why.Length > 0) ? new PaceView(AskedToSlowDown, places.Max(place => place.Until), _bookings.Count, places)
                : _bookings.Count > 0 ? new PaceView(limit is null && places.Count > 0 ? "the limit of a destination" : "its limit", _bookings.Last, _bookings.Count, places)
                : null;
        }
    }

    // A limit of one destination is no reason to stop all others.
    private void SlowDown(DateTimeOffset now, TimeSpan asked, string? destination)
    {
        if (destination is null || perDestination is null)
        {
            _line.Refused(asked, AskedToSlowDown, now);
            return;
        }

        _destinations.Find(destination, now)!.Refused(asked, AskedToSlowDown, now);
        _slowed.Enqueue((destination, now));
        while (now - _slowed.Peek().At > PausedTogether)
        {
            _slowed.Dequeue();
        }

        if (_slowed.Select(slowed => slowed.Destination).Distinct(StringComparer.Ordinal).Count() >= ManyPaused)
        {
            _line.Refused(asked, AskedToSlowDown, now);
            _slowed.Clear();
        }
    }

    // The generic cell rate algorithm at both limits: the next turn of each, less what a burst may run ahead. Null: it may go, and has taken its turns.
    private Booking? Take(Way way, DateTimeOffset now)
    {
        var booked = Find(way, now, now, burst: true);
        booked.Take();
        return booked.At > now ? booked : null;
    }

    // After a pause all would come at its end: each gets a turn behind it. The turn it had is for others.
    private DateTimeOffset Queue(string runId, Way way, Booking? waited, DateTimeOffset from, DateTimeOffset now)
    {
        waited?.PutBack(now);
        if (_bookings.Seat(way.Share, from) is { } seat)
        {
            return _bookings.Keep(runId, seat, now);
        }

        var booked = Find(way, from, now, burst: false);
        booked.Take();
        return _bookings.Keep(runId, _bookings.Share(way.Share, booked), now);
    }

    // The earliest moment that both limits agree with: each in turn moves it on until neither does.
    private Booking Find(Way way, DateTimeOffset from, DateTimeOffset now, bool burst)
    {
        var places = new List<Place>(2);
        foreach (var line in (ReadOnlySpan<Line?>)[way.Line, _line])
        {
            if (line is not null && (!burst || line.Counts(now)))
            {
                line.Settle(now, from);
                places.Add(new Place(line, from, way.Writes));
            }
        }

        var at = from;
        var moved = true;
        for (var round = 0; moved; round++)
        {
            moved = false;
            for (var i = 0; i < places.Count; i++)
            {
                // Turns of both may never fall on one moment: then the connection gives up the two around a turn of the destination.
                places[i] = round >= Tries && i > 0
                    ? new Place(places[i].Line, places[i].Line.FindAround(at, way.Writes + 1), way.Writes + 1)
                    : new Place(places[i].Line, places[i].Line.Find(at, way.Writes), way.Writes);
                var open = burst ? places[i].Turn - places[i].Line.Ahead : places[i].Turn;
                if (open > at)
                {
                    (at, moved) = (open, true);
                }
            }
        }

        return new Booking(at, way.Destination, places);
    }

    private sealed record Way(string? Destination, Line? Line, SharedCall? Share, int Writes);
}

/// <summary>Why the runs of a connection wait.</summary>
/// <param name="Runs">How many have a turn of their own.</param>
/// <param name="Destinations">Those of its destinations where most wait, and those told to slow down.</param>
public sealed record PaceView(string Why, DateTimeOffset Until, int Runs, IReadOnlyList<DestinationView> Destinations);

/// <summary>How many runs wait for one destination, and until when.</summary>
/// <param name="Why">What the platform asked for; empty where it is the limit alone.</param>
public sealed record DestinationView(string Name, int Runs, DateTimeOffset Until, string Why);

/// <summary>A call that several runs share: what they have in common, and how many fit.</summary>
internal sealed record SharedCall(string Key, int Seats);
