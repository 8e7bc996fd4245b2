namespace ConnectorHub.Runs.Connections;

/// <summary>
/// The turns of one limit: moments one interval apart, each taken once. A turn far ahead leaves those before it free, and one that was put back is
/// found again. Not thread-safe: its owner locks.
/// </summary>
internal sealed class Slots(TimeSpan interval)
{
    private const long First = long.MinValue / 4;
    private const long Last = long.MaxValue / 4;

    // Free turns by number, in order, never touching; the last gap has no end.
    private readonly List<(long From, long To)> _free = [(First, Last)];
    private DateTimeOffset _origin = DateTimeOffset.MinValue;

    /// <summary>True where no turn is taken from now on: what was is history.</summary>
    public bool IsIdle(DateTimeOffset now) => At(_free[^1].From) <= now;

    /// <summary>Forgets what has passed. Without a turn ahead, the count begins anew at <paramref name="from"/>, so that nobody waits for a round moment.</summary>
    public void Settle(DateTimeOffset now, DateTimeOffset from)
    {
        if (IsIdle(now))
        {
            _free.Clear();
            _free.Add((First, Last));
            _origin = from;
            return;
        }

        var passed = _free.FindIndex(gap => At(gap.To) > now);
        _free.RemoveRange(0, passed);
    }

    /// <summary>The first turn at or after a moment, with so many free ones in a row.</summary>
    public DateTimeOffset Find(DateTimeOffset from, int count)
    {
        var wanted = Number(from);
        for (var i = GapAt(wanted); ; i++)
        {
            var first = Math.Max(wanted, _free[i].From);
            if (_free[i].To - first >= count)
            {
                return At(first);
            }
        }
    }

    /// <summary>
    /// The same for a moment that is not ours to choose: where it lies between two turns, so many in a row around it. Its count is one more than
    /// attempts are made, for it comes near to both its neighbours.
    /// </summary>
    public DateTimeOffset FindAround(DateTimeOffset moment, int count)
    {
        var before = Number(moment);
        before = At(before) > moment ? before - 1 : before;
        var (from, to) = _free[GapAt(before)];
        return from <= before && to - before >= count ? At(before) : Find(moment, count);
    }

    /// <summary>Takes a turn that <see cref="Find"/> named.</summary>
    public void Take(DateTimeOffset turn, int count)
    {
        var number = Number(turn);
        var i = GapAt(number);
        var (from, to) = _free[i];
        _free.RemoveAt(i);
        if (number + count < to)
        {
            _free.Insert(i, (number + count, to));
        }

        if (from < number)
        {
            _free.Insert(i, (from, number));
        }
    }

    /// <summary>Gives a turn back that was taken and not used. One that has passed is nobody's any more.</summary>
    public void PutBack(DateTimeOffset turn, int count, DateTimeOffset now)
    {
        if (turn <= now)
        {
            return;
        }

        var from = Number(turn);
        var to = from + count;
        var i = GapAt(from);
        if (i > 0 && _free[i - 1].To == from)
        {
            from = _free[i - 1].From;
            _free.RemoveAt(--i);
        }

        if (_free[i].From == to)
        {
            to = _free[i].To;
            _free.RemoveAt(i);
        }

        _free.Insert(i, (from, to));
    }

    // The gap that holds a number, or the first behind it.
    private int GapAt(long number)
    {
        var (low, high) = (0, _free.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _free[middle].To > number ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private long Number(DateTimeOffset moment)
    {
        var (whole, rest) = Math.DivRem((moment - _origin).Ticks, interval.Ticks);
        return rest > 0 ? whole + 1 : whole;
    }

    // The ends of the first and the last gap have no moment of their own.
    private DateTimeOffset At(long number) => number switch
    {
        First => DateTimeOffset.MinValue,
        Last => DateTimeOffset.MaxValue,
        _ => _origin + TimeSpan.FromTicks(interval.Ticks * number),
    };
}
