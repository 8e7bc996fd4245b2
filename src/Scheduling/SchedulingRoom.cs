using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Schedules;
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

    /// <summary>Adds what knows when retries may go out; it needs no scheduler that runs.</summary>
    public static IServiceCollection AddRetryWindows(this IServiceCollection services) => services.AddSingleton<IRetryWindows, RetryCalendars>();

    /// <summary>Adds the scheduler with its standing triggers; those of schedules come with the recipes. It starts and stops with the host.</summary>
    /// <param name="zone">Whose nights count: an IANA name, or empty for UTC.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, string zone)
    {
        services.AddSingleton<ScheduleTriggers>();
        services.AddSingleton<Misfires>();
        services.AddSingleton<IStandingJobs, StandingJobs>();
        services.AddQuartz(quartz =>
        {
            quartz.AddTriggerListener(provider => provider.GetRequiredService<Misfires>(), [GroupMatcher<TriggerKey>.GroupEquals(StandingJobs.Group)]);
            quartz.ScheduleJob<SweepJob>(trigger => EachSecond(trigger, "sweep"), job => Own(job, "sweep", "Finds runs that are due and held by nobody, and connections whose credentials have changed.")
                .UsingJobData(StandingJobs.CannotPause, "without it, runs that wait for a retry or were left by a crash would never go on. To hold runs up: connectorhub pause"));
            quartz.ScheduleJob<PlansJob>(trigger => EachSecond(trigger, "plans"), job => Own(job, "plans", "Does the replays that were planned for now.")
                .UsingJobData(StandingJobs.IfPaused, "no planned replay is done until it goes on; what fell due is then made up for once"));
            quartz.ScheduleJob<BulletinsJob>(EachLook, job => Own(job, "bulletins", "Looks for what people should be told of: the hub's own events.")
                .UsingJobData(StandingJobs.IfPaused, "nobody is told of dead letters, blocked connections and the like until it goes on"));
            quartz.ScheduleJob<TimetableJob>(trigger => EachSecond(trigger, "timetable"), job => Own(job, "timetable", "Brings the schedules of recipes to the files as they are now, and to what is held up.")
                .UsingJobData(StandingJobs.CannotPause, "without it, no change of a schedule would be seen, and no resume. To hold one schedule up: connectorhub schedules pause, and its name"));
            quartz.ScheduleJob<RetentionJob>(
                trigger => trigger.WithIdentity(Nights.Job, StandingJobs.Group).WithDescription("each night at 03:00").WithCronSchedule(AtThree, cron => cron.InTimeZone(zone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone))),
                job => Own(job, Nights.Job, "Removes what is kept no longer (Retention in the settings).")
                    .UsingJobData(StandingJobs.IfPaused, "nothing is removed until it goes on, and the store grows"));
            quartz.AddTrigger(trigger => trigger.WithIdentity(RetentionJob.AfterStart).ForJob(Nights.Job, StandingJobs.Group).StartAt(TimeProvider.System.GetUtcNow() + Nights.AfterStart));
        });
        services.AddHostedService<HoldsAtStart>();
        services.AddHostedService<CalendarsAtStart>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    // Not at once: what a start brings, such as the first events after a downtime, is to be in before anything is judged.
    private static void EachLook<TJob>(ITriggerConfigurator<TJob> trigger)
        where TJob : IJob => trigger
        .WithIdentity("bulletins", "hub")
        .StartAt(TimeProvider.System.GetUtcNow() + LookInterval)
        .WithSimpleSchedule(schedule => schedule.WithInterval(LookInterval).RepeatForever());

    /// <summary>What <c>schedules</c> tells of a job of the hub's own stands with the job.</summary>
    private static IJobConfigurator<TJob> Own<TJob>(IJobConfigurator<TJob> job, string name, string about)
        where TJob : IJob => job.WithIdentity(name, StandingJobs.Group).WithDescription(about);

    private static void EachSecond<TJob>(ITriggerConfigurator<TJob> trigger, string name)
        where TJob : IJob => trigger
        .WithIdentity(name, StandingJobs.Group)
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Interval).RepeatForever());
}
