namespace ConnectorHub.Runs;

/// <summary>When a failed step is tried again: a plain list of waits.</summary>
public static class RetrySchedule
{
    /// <summary>The longest wait a target may ask for.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>30 s, 2 min, 10 min, 1 h, 6 h, 24 h, 44 h: eight tries over three days.</summary>
    public static readonly IReadOnlyList<TimeSpan> Default =
    [
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(24),
        TimeSpan.FromHours(44),
    ];

    /// <summary>The wait after the given number of used tries, or null after the last one.</summary>
    /// <param name="chance">0 up to 1: each wait grows by up to a tenth, so that what failed together does not return together.</param>
    public static TimeSpan? WaitAfter(IReadOnlyList<TimeSpan> schedule, int usedTries, double chance)
        => usedTries <= schedule.Count ? schedule[usedTries - 1] * (1 + (0.1 * chance)) : null;

    /// <summary>The wait a target asked for, between one second and 24 hours; 30 s where it did not say.</summary>
    public static TimeSpan Asked(TimeSpan? retryAfter)
    {
        var wait = retryAfter ?? TimeSpan.FromSeconds(30);
        return wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }
}
