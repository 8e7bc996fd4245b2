using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>One trigger for each schedule, set to its next time; none for a recipe that is gone or off.</summary>
internal sealed class ScheduleTriggers(Timetable timetable) : IDisposable
{
    private const string Group = "schedules";

    // A change of a recipe and a firing of it must not set the same trigger at once.
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>Brings the triggers to the recipes as they are now.</summary>
    public async Task FollowAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await timetable.RefreshAsync(cancellationToken).ConfigureAwait(false) is not { } change)
            {
                return;
            }

            foreach (var recipe in change.Dropped)
            {
                await scheduler.DeleteJob(KeyOf(recipe), cancellationToken).ConfigureAwait(false);
            }

            foreach (var (recipe, at) in change.Planned)
            {
                var job = JobBuilder.Create<FiringJob>().WithIdentity(KeyOf(recipe)).StoreDurably().Build();
                await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken).ConfigureAwait(false);
                await WakeAsync(scheduler, recipe, at, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException)
        {
            // The sweep says so; the next second tries again.
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Fires what is due and sets the trigger to the next time.</summary>
    public async Task FireAsync(IScheduler scheduler, string recipe, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await timetable.FireAsync(recipe, cancellationToken).ConfigureAwait(false) is { } next)
            {
                await WakeAsync(scheduler, recipe, next, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private static JobKey KeyOf(string recipe) => new(recipe, Group);

    private static async Task WakeAsync(IScheduler scheduler, string recipe, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(recipe, Group);
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(KeyOf(recipe)).StartAt(at).Build();
        if (await scheduler.RescheduleJob(key, trigger, cancellationToken).ConfigureAwait(false) is null)
        {
            await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
