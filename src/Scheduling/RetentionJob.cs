using ConnectorHub.Runs.Retention;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Each night, what is kept no longer is removed; once after the start, where a night was missed.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(Nights nights) : IJob
{
    /// <summary>The trigger after the start. Not among those of the hub's jobs: it is no time of its own.</summary>
    public static readonly TriggerKey AfterStart = new(Nights.Job, "after the start");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (context.Trigger.Key.Equals(AfterStart))
        {
            await nights.MakeUpAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await nights.WorkAsync(context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken).ConfigureAwait(false);
        }
    }
}
