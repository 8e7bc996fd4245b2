using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Each second, triggers follow the recipes.</summary>
[DisallowConcurrentExecution]
internal sealed class TimetableJob(ScheduleTriggers triggers) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await triggers.FollowAsync(context.Scheduler, cancellationToken).ConfigureAwait(false);
}
