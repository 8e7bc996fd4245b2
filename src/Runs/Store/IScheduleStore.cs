namespace ConnectorHub.Runs.Store;

/// <summary>What is kept of schedules beside their firings. A part of the store port and durable like it.</summary>
public interface IScheduleStore
{
    /// <summary>Holds a schedule up; false where it is held up already: then nothing changes.</summary>
    Task<bool> HoldScheduleAsync(string id, ScheduleHold hold, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Lets a schedule go on; false where it is not held up.</summary>
    Task<bool> LetScheduleGoAsync(string id, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Adds to what a schedule has missed, and how many of these were made up for.</summary>
    Task CountMissedAsync(string id, MissedCount count, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the last time that one of the hub's own jobs was due and done, and what it had missed until then; false where a time as late is kept
    /// already: then nothing changes.
    /// </summary>
    Task<bool> KeepDoneAsync(string id, DateTimeOffset at, MissedCount? missed, CancellationToken cancellationToken);

    /// <summary>Those that are held up, have missed something or are kept with their last time.</summary>
    Task<IReadOnlyList<ScheduleRow>> SchedulesAsync(CancellationToken cancellationToken);
}

/// <summary>A schedule that a person holds up.</summary>
public sealed record ScheduleHold(DateTimeOffset Since, string Who, string Why);

/// <summary>Firings that nobody was there for in time.</summary>
/// <param name="Missed">All of them.</param>
/// <param name="MadeUp">How many fired late; the others were let go.</param>
/// <param name="At">When that was found out last.</param>
public sealed record MissedCount(long Missed, long MadeUp, DateTimeOffset At);

/// <summary>A schedule as stored.</summary>
/// <param name="Id">A recipe's or a plan's; <c>hub:…</c> for the hub's own jobs.</param>
/// <param name="Hold">Null: it goes on.</param>
/// <param name="Missed">Null: nothing was missed.</param>
public sealed record ScheduleRow(string Id, ScheduleHold? Hold, MissedCount? Missed)
{
    /// <summary>The last time one of the hub's own jobs was due and done; null for all others: their firings are stored.</summary>
    public DateTimeOffset? LastAt { get; init; }
}
