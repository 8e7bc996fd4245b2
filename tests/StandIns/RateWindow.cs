namespace ConnectorHub.Tests.StandIns;

/// <summary>So many requests in any stretch of a length, told apart by a name: a person, a channel.</summary>
internal sealed class RateWindow(TimeProvider time, int most, TimeSpan length)
{
    private readonly Dictionary<string, Queue<DateTimeOffset>> _taken = new(StringComparer.Ordinal);

    public int Most => most;

    /// <summary>Takes one, or tells how long until there is one.</summary>
    public bool TryTake(string name, out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        var taken = Current(name, now);
        wait = taken.Count < most ? TimeSpan.Zero : taken.Peek() + length - now;
        if (taken.Count >= most)
        {
            return false;
        }

        taken.Enqueue(now);
        return true;
    }

    /// <summary>How many are left.</summary>
    public int Left(string name) => most - Current(name, time.GetUtcNow()).Count;

    private Queue<DateTimeOffset> Current(string name, DateTimeOffset now)
    {
        if (!_taken.TryGetValue(name, out var taken))
        {
            _taken[name] = taken = new Queue<DateTimeOffset>();
        }

        while (taken.TryPeek(out var first) && now - first >= length)
        {
            taken.Dequeue();
        }

        return taken;
    }
}
