using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ConnectorHub.Scheduling;

/// <summary>When things happen: Quartz decides the time, the jobs only claim what is due.</summary>
public static class SchedulingRoom
{
    // Seconds, minutes, hours and days.
    private const string AtThree = "0 0 3 * * ?";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    /// <summary>Adds the scheduler with its standing triggers; those of schedules come with the recipes. It starts and stops with the host.</summary>
    /// <param name="zone">Whose nights count: an IANA name, or empty for UTC.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, string zone)
    {
        services.AddSingleton<ScheduleTriggers>();
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<SweepJob>(trigger => EachSecond(trigger, "sweep"), job => job.WithIdentity("sweep", "hub"));
            quartz.ScheduleJob<PlansJob>(trigger => EachSecond(trigger, "plans"), job => job.WithIdentity("plans", "hub"));
            quartz.ScheduleJob<BulletinsJob>(
                EachLook,
                job => job.WithIdentity("bulletins", "hub").WithDescription("Looks for what people should be told of: the hub's own events."));
            quartz.ScheduleJob<TimetableJob>(trigger => EachSecond(trigger, "timetable"), job => job.WithIdentity("timetable", "hub"));
            quartz.ScheduleJob<RetentionJob>(
                trigger => trigger.WithIdentity("retention", "hub").WithCronSchedule(AtThree, cron => cron.InTimeZone(zone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone))),
                job => job.WithIdentity("retention", "hub").WithDescription("Removes what is kept no longer (Retention in the settings)."));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    // Not at once: what a start brings, such as the first events after a downtime, is to be in before anything is judged.
    private static void EachLook<TJob>(ITriggerConfigurator<TJob> trigger)
        where TJob : IJob => trigger
        .WithIdentity("bulletins", "hub")
        .StartAt(TimeProvider.System.GetUtcNow() + LookInterval)
        .WithSimpleSchedule(schedule => schedule.WithInterval(LookInterval).RepeatForever());

    private static void EachSecond<TJob>(ITriggerConfigurator<TJob> trigger, string name)
        where TJob : IJob => trigger
        .WithIdentity(name, "hub")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Interval).RepeatForever());
}
