using ConnectorHub.Runs.Acts;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Each second, replays that were planned for now are done.</summary>
[DisallowConcurrentExecution]
internal sealed class PlansJob(Plans plans) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await plans.FireDueAsync(cancellationToken).ConfigureAwait(false);
}
