using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Wakes one schedule up. What is due is not Quartz's to say.</summary>
[DisallowConcurrentExecution]
internal sealed class FiringJob(ScheduleTriggers triggers) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await triggers.FireAsync(context.Scheduler, context.JobDetail.Key.Name, cancellationToken).ConfigureAwait(false);
}
