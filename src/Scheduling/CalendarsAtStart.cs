using ConnectorHub.Runs.Connections;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>The scheduler knows the calendar of each retry window, under its connection's name.</summary>
internal sealed class CalendarsAtStart(ISchedulerFactory schedulers, IConnections connections) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        foreach (var connection in connections.Current.All.Where(connection => connection.RetryWindow is not null))
        {
            var calendars = RetryCalendars.Of(connection.RetryWindow!);
            for (var i = 0; i < calendars.Count; i++)
            {
                var name = i == 0 ? connection.Name : $"{connection.Name}, after midnight";
                await scheduler.AddCalendar(name, calendars[i], AddCalendarOptions.Replacing, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
