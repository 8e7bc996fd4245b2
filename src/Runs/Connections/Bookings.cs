namespace ConnectorHub.Runs.Connections;

/// <summary>So many turns of one limit, in a row.</summary>
internal readonly record struct Place(Line Line, DateTimeOffset Turn, int Count);

/// <summary>A moment at which an attempt may be made, and the turns it holds for it.</summary>
internal sealed record Booking(DateTimeOffset At, string? Destination, IReadOnlyList<Place> Places)
{
    public void Take()
    {
        foreach (var place in Places)
        {
            place.Line.Take(place.Turn, place.Count);
        }
    }

    public void PutBack(DateTimeOffset now)
    {
        foreach (var place in Places)
        {
            place.Line.PutBack(place.Turn, place.Count, now);
        }
    }
}

/// <summary>Which run has which turn. Not thread-safe: its owner locks.</summary>
internal sealed class Bookings
{
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);
    private const int ManyTurns = 1000;

    private readonly Dictionary<string, Booking> _turns = new(StringComparer.Ordinal);

    // The last turn booked for each call that several share, and the turns nobody has used yet.
    private readonly Dictionary<string, (Booking Booking, int Seats)> _shared = new(StringComparer.Ordinal);
    private readonly HashSet<(string Key, DateTimeOffset At)> _unused = [];
    private DateTimeOffset _trimAfter = DateTimeOffset.MinValue;

    public int Count => _turns.Count;

    /// <summary>The latest turn anybody has.</summary>
    public DateTimeOffset Last => _turns.Values.Max(booking => booking.At);

    public IEnumerable<Booking> All => _turns.Values;

    public Booking? Find(string runId) => _turns.GetValueOrDefault(runId);

    /// <summary>Takes a run's turn from it; null where it had none, or another used the one they shared.</summary>
    public Booking? Leave(string runId, SharedCall? share) =>
        _turns.Remove(runId, out var booking) && (share is null || _unused.Remove((share.Key, booking.At))) ? booking : null;

    /// <summary>A turn that others have booked for the same call, and that has room.</summary>
    public Booking? Seat(SharedCall? share, DateTimeOffset from)
    {
        if (share is null || !_shared.TryGetValue(share.Key, out var booked) || booked.Seats == 0 || booked.Booking.At < from)
        {
            return null;
        }

        _shared[share.Key] = booked with { Seats = booked.Seats - 1 };
        return booked.Booking;
    }

    public Booking Share(SharedCall? share, Booking booking)
    {
        if (share is not null)
        {
            _shared[share.Key] = (booking, share.Seats - 1);
            _unused.Add((share.Key, booking.At));
        }

        return booking;
    }

    public DateTimeOffset Keep(string runId, Booking booking, DateTimeOffset now)
    {
        if (_turns.Count >= ManyTurns && now > _trimAfter)
        {
            Trim(now);
        }

        _turns[runId] = booking;
        return booking.At;
    }

    // Runs that were cancelled or taken by another process never come for theirs.
    private void Trim(DateTimeOffset now)
    {
        _trimAfter = now + TimeSpan.FromSeconds(1);
        foreach (var gone in _turns.Where(entry => now - entry.Value.At > ForgetAfter).Select(entry => entry.Key).ToList())
        {
            _turns.Remove(gone);
        }

        foreach (var gone in _shared.Where(entry => now - entry.Value.Booking.At > ForgetAfter).Select(entry => entry.Key).ToList())
        {
            _shared.Remove(gone);
        }

        _unused.RemoveWhere(turn => now - turn.At > ForgetAfter);
    }
}
