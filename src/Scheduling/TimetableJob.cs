using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Each second, triggers follow the recipes and what a person holds up.</summary>
[DisallowConcurrentExecution]
internal sealed class TimetableJob(ScheduleTriggers triggers, ScheduleHolds holds) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await holds.FollowAsync(cancellationToken).ConfigureAwait(false);
            await triggers.FollowAsync(context.Scheduler, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The sweep says so; the next second tries again.
        }
    }
}
