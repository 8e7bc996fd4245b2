using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>The limits of a connection's destinations. What is idle is forgotten, so that there are never more than are used. Not thread-safe: its owner locks.</summary>
internal sealed class Destinations(RateLimit? limit)
{
    private const int Few = 256;
    private const int MostShown = 5;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private int _trimAt = Few;

    public int Count => _lines.Count;

    /// <summary>The line of a destination; null where it has no limit of its own.</summary>
    public Line? Find(string? destination, DateTimeOffset now)
    {
        if (destination is null || limit is null)
        {
            return null;
        }

        if (!_lines.TryGetValue(destination, out var line))
        {
            Trim(now);
            _lines.Add(destination, line = new Line(limit));
        }

        return line;
    }

    /// <summary>The line of a destination that is remembered.</summary>
    public Line? Known(string? destination) => destination is null ? null : _lines.GetValueOrDefault(destination);

    /// <summary>Where most wait, and what was told to slow down.</summary>
    public IReadOnlyList<DestinationView> View(DateTimeOffset now, Bookings bookings)
    {
        var waiting = bookings.All
            .Where(booking => booking.Destination is not null && limit is not null)
            .GroupBy(booking => booking.Destination!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (Runs: group.Count(), Until: group.Max(booking => booking.At), Why: string.Empty), StringComparer.Ordinal);
        foreach (var (name, line) in _lines.Where(entry => now < entry.Value.PausedUntil))
        {
            var (runs, until, _) = waiting.GetValueOrDefault(name);
            waiting[name] = (runs, until > line.PausedUntil ? until : line.PausedUntil, line.Why);
        }

        return
        [
            .. waiting.OrderByDescending(entry => entry.Value.Runs).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(MostShown)
                .Select(entry => new DestinationView(entry.Key, entry.Value.Runs, entry.Value.Until, entry.Value.Why)),
        ];
    }

    private void Trim(DateTimeOffset now)
    {
        if (_lines.Count < _trimAt)
        {
            return;
        }

        foreach (var idle in _lines.Where(entry => entry.Value.IsIdle(now)).Select(entry => entry.Key).ToList())
        {
            _lines.Remove(idle);
        }

        // Looking at all of them each time would cost more than they do.
        _trimAt = Math.Max(Few, _lines.Count * 2);
    }
}
