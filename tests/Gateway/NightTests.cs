using System.Globalization;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Simulations;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Nights on which nobody was there to forget: on virtual time, and once with Quartz. The clock begins on 1 September 2026, 10:00 in Paris.</summary>
public sealed class NightTests
{
    private static readonly DateTimeOffset FirstNight = Moment("2026-09-02T03:00:00+02:00");

    [Fact]
    public async Task A_night_in_time_is_kept_and_nothing_was_missed()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        house.Time.GoTo(FirstNight);

        await house.Nights().WorkAsync(FirstNight, CancellationToken.None);
        await house.RestartAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((FirstNight, null), await KeptAsync(house));
        Assert.False(await house.Nights().MakeUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nights_that_were_missed_are_made_up_for_once_however_many_they_were()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        house.Time.GoTo(FirstNight);
        await house.Nights().WorkAsync(FirstNight, CancellationToken.None);
        await house.RestartAsync(TimeSpan.FromDays(4) + TimeSpan.FromHours(6));

        Assert.True(await house.Nights().MakeUpAsync(CancellationToken.None));

        var made = (FirstNight.AddDays(4), new MissedCount(4, 1, Moment("2026-09-06T09:00:00+02:00")));
        Assert.Equal(made, await KeptAsync(house));
        Assert.Equal(house.Time.GetUtcNow(), house.Get<Forgetting>().Last!.At);
        Assert.False(await house.Nights().MakeUpAsync(CancellationToken.None));
        await house.RestartAsync(TimeSpan.FromHours(12));
        Assert.False(await house.Nights().MakeUpAsync(CancellationToken.None));
        Assert.Equal(made, await KeptAsync(house));
    }

    [Fact]
    public async Task A_hub_that_never_lived_through_a_night_makes_up_for_it_and_one_that_is_new_owes_nothing()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        Assert.False(await house.Nights().MakeUpAsync(CancellationToken.None));
        house.Time.GoTo(Moment("2026-09-01T18:00:00+02:00"));
        await house.RestartAsync(TimeSpan.FromHours(15));

        Assert.True(await house.Nights().MakeUpAsync(CancellationToken.None));

        Assert.Equal((FirstNight, new MissedCount(1, 1, Moment("2026-09-02T09:00:00+02:00"))), await KeptAsync(house));
    }

    [Fact]
    public async Task A_machine_that_slept_through_the_night_says_so_and_a_timer_that_is_early_does_not()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        house.Time.GoTo(FirstNight.AddMilliseconds(-2));
        var nights = house.Nights();
        await nights.WorkAsync(FirstNight, CancellationToken.None);
        Assert.Equal((FirstNight, null), await KeptAsync(house));

        house.Time.GoTo(FirstNight.AddDays(1).AddHours(5));
        await nights.WorkAsync(FirstNight.AddDays(1), CancellationToken.None);

        Assert.Equal((FirstNight.AddDays(1), new MissedCount(1, 1, FirstNight.AddDays(1).AddHours(5))), await KeptAsync(house));
    }

    [Fact]
    public async Task A_night_whose_work_was_cut_off_is_still_owed_and_one_that_a_person_asked_for_pays_it()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        var secondNight = FirstNight.AddDays(1);
        house.Time.GoTo(FirstNight);
        await house.Nights().WorkAsync(FirstNight, CancellationToken.None);
        house.Time.GoTo(secondNight);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Nights().WorkAsync(secondNight, new CancellationToken(canceled: true)));
        await house.RestartAsync(TimeSpan.FromHours(1));
        var nights = house.Nights();

        await nights.WorkAsync(house.Time.GetUtcNow(), CancellationToken.None);

        Assert.Equal((secondNight, new MissedCount(1, 1, secondNight.AddHours(1))), await KeptAsync(house));
        Assert.False(await nights.MakeUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task After_a_start_quartz_makes_up_for_it_not_at_once_and_schedules_say_so_also_after_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (await RunningGateway.StartAsync(null, new Dictionary<string, string>(), folder))
        {
            // It was alive, three days ago.
        }

        Age(folder);
        DateTimeOffset? last;
        await using (var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string>(), folder))
        {
            var scheduler = await gateway.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
            var trigger = Assert.Single(await scheduler.GetTriggersOfJob(new JobKey("retention", "hub")), trigger => trigger.Key.Group != "hub");
            Assert.InRange(trigger.StartTimeUtc - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

            await scheduler.RescheduleJob(trigger.Key, trigger.GetTriggerBuilder().StartNow().Build());
            var view = await RunningGateway.EventuallyAsync(async () => (await gateway.SchedulesAsync()).Single(view => view.Id == "hub:retention") is { Last: not null } made ? made : null, "the night that is made up for");

            Assert.Equal("each night at 03:00 Europe/Paris", view.When);
            Assert.InRange(view.Misfires!.Missed, 2, 4);
            Assert.Equal(3, TimeZoneInfo.ConvertTime(view.Last!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).Hour);
            last = view.Last;
        }

        await using (var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string>(), folder))
        {
            Assert.Equal(last, (await gateway.SchedulesAsync()).Single(view => view.Id == "hub:retention").Last);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(DateTimeOffset? Last, MissedCount? Missed)> KeptAsync(ClockHouse house)
    {
        var row = Assert.Single(await house.Store.SchedulesAsync(CancellationToken.None));
        return (row.LastAt, row.Missed);
    }

    private static void Age(string folder)
    {
        using var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "data", "hub.db")};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "UPDATE liveness SET alive_at = alive_at - 3 * 86400000000";
        command.ExecuteNonQuery();
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
