using System.Collections.Concurrent;
using System.Globalization;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Schedules;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>The hub's own jobs, asked from Quartz itself: one that is added appears by itself.</summary>
internal sealed class StandingJobs(ISchedulerFactory schedulers, Outside outside, Misfires misfires) : IStandingJobs
{
    /// <summary>The group of jobs and triggers that are the hub's own.</summary>
    public const string Group = "hub";

    /// <summary>In a job's data: why it cannot be held up.</summary>
    public const string CannotPause = "cannot-pause";

    /// <summary>In a job's data: what happens while it is held up.</summary>
    public const string IfPaused = "if-paused";

    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);

    public string? Node => outside.Owner;

    public async Task<IReadOnlyList<StandingJob>> AllAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var headers = await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group), Take = PagedQuery.All }, cancellationToken).ConfigureAwait(false);
        var jobs = new List<StandingJob>();
        foreach (var header in headers.Items.OrderBy(header => header.JobKey.Name, StringComparer.Ordinal))
        {
            if (await scheduler.GetJobDetail(header.JobKey, cancellationToken).ConfigureAwait(false) is { } job
                && await scheduler.GetTrigger(header.Key, cancellationToken).ConfigureAwait(false) is { } trigger)
            {
                jobs.Add(new StandingJob(
                    job.Key.Name,
                    job.Description ?? $"{job.Key.Name}.",
                    When(trigger),
                    Word(job, CannotPause),
                    Word(job, IfPaused) ?? $"{Group}:{job.Key.Name} is not done until it goes on",
                    header.PreviousFireTimeUtc,
                    header.NextFireTimeUtc,
                    misfires.Of(header.JobKey.Name)));
            }
        }

        return jobs;
    }

    public async Task<bool> RunAsync(string name, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var key = new JobKey(name, Group);
        if (await scheduler.GetJobDetail(key, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await scheduler.TriggerJob(key, new JobDataMap(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task FollowAsync(IReadOnlySet<string> held, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        foreach (var name in held.Where(name => !_held.ContainsKey(name)))
        {
            if (await scheduler.PauseJob(new JobKey(name, Group), cancellationToken).ConfigureAwait(false))
            {
                _held[name] = true;
            }
        }

        foreach (var name in _held.Keys.Where(name => !held.Contains(name)).ToList())
        {
            _held.TryRemove(name, out _);
            await scheduler.ResumeJob(new JobKey(name, Group), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? Word(IJobDetail job, string key) => job.JobDataMap.TryGetValue(key, out var value) ? value as string : null;

    private static string When(ITrigger trigger) => trigger switch
    {
        ISimpleTrigger { RepeatInterval: { TotalSeconds: 1 } } => "each second",
        ISimpleTrigger simple => string.Create(CultureInfo.InvariantCulture, $"each {simple.RepeatInterval.TotalSeconds:0.###} s"),
        ICronTrigger cron => $"{trigger.Description} {cron.TimeZone.Id}",
        _ => trigger.Description ?? "by the clock",
    };
}

/// <summary>Counts how often a standing job came too late.</summary>
internal sealed class Misfires : ITriggerListener
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public string Name => "misfires";

    public long Of(string job) => _counts.GetValueOrDefault(job);

    public ValueTask TriggerMisfired(ITrigger trigger, IScheduler scheduler, CancellationToken cancellationToken)
    {
        _counts.AddOrUpdate(trigger.JobKey.Name, 1, (_, count) => count + 1);
        return ValueTask.CompletedTask;
    }
}
