using NodaTime;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>What a schedule owes at a moment.</summary>
/// <param name="Fire">To fire now, in order.</param>
/// <param name="Until">The last moment that was looked at: what comes after it is still to come.</param>
/// <param name="Dropped">How many missed ones are let go although all are wanted.</param>
public sealed record DueFirings(IReadOnlyList<Instant> Fire, Instant Until, int Dropped)
{
    /// <summary>More missed firings than this are not made up for.</summary>
    public const int Most = 1_000;

    /// <summary>A firing that comes no later than this was not missed.</summary>
    public static readonly Duration OnTime = Duration.FromMinutes(1);

    /// <summary>What fell due after one moment and up to another. Pure.</summary>
    public static DueFirings Of(Schedule schedule, Instant after, Instant now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var due = new Queue<Instant>();
        var dropped = 0;
        foreach (var firing in schedule.After(after).TakeWhile(firing => firing <= now))
        {
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
        return schedule.Missed switch
        {
            MissedFirings.All => new DueFirings([.. due], last, dropped),
            MissedFirings.None when now - last > OnTime => new DueFirings([], last, 0),
            _ => new DueFirings([last], last, 0),
        };
    }
}
