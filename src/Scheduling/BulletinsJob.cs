using ConnectorHub.Runs.Bulletins;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>Every ten seconds, what people should be told of becomes an event of the hub's own.</summary>
[DisallowConcurrentExecution]
internal sealed class BulletinsJob(HubBulletins bulletins) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await bulletins.LookAsync(cancellationToken).ConfigureAwait(false);
}
