using NodaTime;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>What a schedule owes at a moment.</summary>
/// <param name="Fire">To fire now, in order.</param>
/// <param name="Until">The last moment that was looked at: what comes after it is still to come.</param>
/// <param name="Dropped">How many missed ones are let go although all are wanted.</param>
public sealed record DueFirings(IReadOnlyList<Instant> Fire, Instant Until, int Dropped)
{
    /// <summary>How many came later than <see cref="OnTime"/>, fired or not.</summary>
    public int Missed { get; init; }

    /// <summary>How many of these are fired.</summary>
    public int MadeUp { get; init; }

    /// <summary>More missed firings than this are not made up for.</summary>
    public const int Most = 1_000;

    /// <summary>A firing that comes no later than this was not missed.</summary>
    public static readonly Duration OnTime = Duration.FromMinutes(1);

    /// <summary>What fell due after one moment and up to another. Pure.</summary>
    public static DueFirings Of(Schedule schedule, Instant after, Instant now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var due = new Queue<Instant>();
        var (dropped, missed) = (0, 0);
        foreach (var firing in schedule.After(after).TakeWhile(firing => firing <= now))
        {
            missed += IsLate(firing) ? 1 : 0;
            due.Enqueue(firing);
            if (due.Count > Most)
            {
                due.Dequeue();
                dropped++;
            }
        }

        if (due.Count == 0)
        {
            return new DueFirings([], after, 0);
        }

        var last = due.Last();
        var owed = schedule.Missed switch
        {
            MissedFirings.All => new DueFirings([.. due], last, dropped) { MadeUp = due.Count(IsLate) },
            MissedFirings.None when IsLate(last) => new DueFirings([], last, 0),
            _ => new DueFirings([last], last, 0) { MadeUp = IsLate(last) ? 1 : 0 },
        };
        return owed with { Missed = missed };

        bool IsLate(Instant firing) => now - firing > OnTime;
    }
}
