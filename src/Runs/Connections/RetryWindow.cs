namespace ConnectorHub.Runs.Connections;

/// <summary>When what failed may be tried again at a connection, by the clock of a zone.</summary>
/// <param name="Days">On which the window opens.</param>
/// <param name="From">When it opens.</param>
/// <param name="To">When it closes; midnight is the end of the day. Before <paramref name="From"/>: on the next day.</param>
/// <param name="Zone">Whose clock counts.</param>
/// <param name="EachYear">Days on which it stays closed, each year.</param>
/// <param name="Once">Days on which it stays closed.</param>
/// <param name="HoldsFirst">First attempts wait for it, too.</param>
public sealed record RetryWindow(
    IReadOnlySet<DayOfWeek> Days,
    TimeOnly From,
    TimeOnly To,
    TimeZoneInfo Zone,
    IReadOnlyList<(int Month, int Day)> EachYear,
    IReadOnlyList<DateOnly> Once,
    bool HoldsFirst)
{
    /// <summary>True where it goes on after midnight.</summary>
    public bool IsOverMidnight => To < From && To != TimeOnly.MinValue;

    /// <summary>As people write it: <c>MON-FRI 08:00-18:00 Europe/Paris</c>.</summary>
    public required string Text { get; init; }

    /// <summary>True where it opens on that day.</summary>
    public bool OpensOn(DateOnly date) => Days.Contains(date.DayOfWeek) && !EachYear.Contains((date.Month, date.Day)) && !Once.Contains(date);
}

/// <summary>When retries of connections may go out. A port: the scheduler knows calendars.</summary>
public interface IRetryWindows
{
    /// <summary>The first moment at or after this one at which the window is open.</summary>
    DateTimeOffset NextOpen(Connection connection, DateTimeOffset from);
}

/// <summary>Where no connection has a window.</summary>
public sealed class NoRetryWindows : IRetryWindows
{
    public DateTimeOffset NextOpen(Connection connection, DateTimeOffset from) => from;
}
