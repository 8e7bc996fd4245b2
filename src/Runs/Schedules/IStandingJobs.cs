namespace ConnectorHub.Runs.Schedules;

/// <summary>What the hub does by the clock for itself. A port: the scheduler knows which jobs there are.</summary>
public interface IStandingJobs
{
    /// <summary>The machine and process whose scheduler it is; null where none runs.</summary>
    string? Node { get; }

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<StandingJob>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Does one now, once more; false where there is none of that name.</summary>
    Task<bool> RunAsync(string name, CancellationToken cancellationToken);

    /// <summary>Brings the jobs to what is held up now, by name.</summary>
    Task FollowAsync(IReadOnlySet<string> held, CancellationToken cancellationToken);
}

/// <summary>One of the hub's own jobs.</summary>
/// <param name="About">What it does, in a sentence.</param>
/// <param name="When">How often, in words.</param>
/// <param name="CannotPause">Why it cannot be held up; null where it can.</param>
/// <param name="IfPaused">What happens while it is held up.</param>
/// <param name="Last">Since this process began; where the store keeps the last time, that counts.</param>
/// <param name="Misfires">Times it came too late since this process began; the next makes up for them. Where the store counts them, that counts.</param>
public sealed record StandingJob(string Name, string About, string When, string? CannotPause, string IfPaused, DateTimeOffset? Last, DateTimeOffset? Next, long Misfires)
{
    /// <summary>Begins the ids of such jobs, so that a recipe may have the same name.</summary>
    public const string Prefix = "hub:";

    public string Id => Prefix + Name;
}

/// <summary>Where no gateway serves, nothing happens by the clock.</summary>
public sealed class NoStandingJobs : IStandingJobs
{
    public string? Node => null;

    public Task<IReadOnlyList<StandingJob>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StandingJob>>([]);

    public Task<bool> RunAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task FollowAsync(IReadOnlySet<string> held, CancellationToken cancellationToken) => Task.CompletedTask;
}
