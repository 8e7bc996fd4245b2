using ConnectorHub.Runs.Work;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>The guarantee behind the in-process hints: each second, whatever is due and held by nobody is offered for work.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(Sweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        => await sweep.RunAsync(cancellationToken).ConfigureAwait(false);
}
