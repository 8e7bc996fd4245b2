using ConnectorHub.Runs.Retention;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Each night, what is kept no longer is removed.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(Forgetting forgetting) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await forgetting.RunAsync(cancellationToken).ConfigureAwait(false);
}
