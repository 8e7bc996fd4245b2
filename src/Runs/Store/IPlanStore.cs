namespace ConnectorHub.Runs.Store;

/// <summary>A replay for later.</summary>
/// <param name="Filter">A <see cref="RunFilter"/> as JSON: which runs, asked when the time has come.</param>
/// <param name="How">How they are replayed, as JSON.</param>
/// <param name="PerSecond">At most so many begin in a second; null: as fast as their connections allow.</param>
/// <param name="Cron">Five fields; empty: once.</param>
/// <param name="Zone">Whose clock counts.</param>
/// <param name="NextAt">Null: it is over.</param>
/// <param name="FiringAt">A firing is under way, or was when the process ended.</param>
/// <param name="Result">What the last firing came to, for a person.</param>
public sealed record PlanRow(
    string Id,
    string Filter,
    string How,
    double? PerSecond,
    string Cron,
    string Zone,
    string Who,
    string Why,
    DateTimeOffset CreatedAt,
    bool Paused,
    DateTimeOffset? NextAt,
    DateTimeOffset? FiringAt,
    DateTimeOffset? LastAt,
    string Result);

/// <summary>Plans of operators.</summary>
public interface IPlanStore
{
    /// <summary>Adds a plan, or changes one: its time, its rate, whether it is paused.</summary>
    Task KeepPlanAsync(PlanRow plan, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes a plan; false where there is none.</summary>
    Task<bool> DropPlanAsync(string id, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>All of them, the next due first, those that are over last.</summary>
    Task<IReadOnlyList<PlanRow>> PlansAsync(CancellationToken cancellationToken);

    /// <summary>Begins a firing; false where another has begun it, or the plan has changed.</summary>
    /// <param name="due">The moment it is due, as the plan says.</param>
    /// <param name="next">When it is due after that; null: never.</param>
    Task<bool> BeginFiringAsync(string id, DateTimeOffset due, DateTimeOffset? next, CancellationToken cancellationToken);

    /// <summary>Ends a firing; false where it has ended before.</summary>
    Task<bool> EndFiringAsync(string id, DateTimeOffset due, string result, AuditEntry entry, CancellationToken cancellationToken);
}
