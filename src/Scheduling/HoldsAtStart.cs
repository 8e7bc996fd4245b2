using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.Hosting;

namespace ConnectorHub.Scheduling;

/// <summary>Before the scheduler starts, what a person holds up is held up: nothing slips through in the first second.</summary>
internal sealed class HoldsAtStart(ScheduleHolds holds) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await holds.FollowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // The timetable tries again each second.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
