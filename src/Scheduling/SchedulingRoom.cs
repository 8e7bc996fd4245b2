using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>When things happen: Quartz decides the time, the jobs only claim what is due.</summary>
public static class SchedulingRoom
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Adds the scheduler with its one standing trigger; it starts and stops with the host.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.ScheduleJob<SweepJob>(
            trigger => trigger
                .WithIdentity("sweep", "hub")
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(SweepInterval).RepeatForever()),
            job => job.WithIdentity("sweep", "hub")));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }
}
