using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>Each moment fires once: whoever takes it, however often the process ends, whatever the clock does.</summary>
public class ClockTests
{
    private static readonly Actor Ana = new("ana", "a test");

    [Fact]
    public async Task Of_ten_thousand_planned_firings_each_is_exactly_one_row()
    {
        const int Recipes = 60;
        const int PlanCount = 10;
        const int Lanes = 10;
        const int Steps = 160;
        await using var house = await ClockHouse.OpenAsync(Enumerable.Range(0, Recipes).ToDictionary(i => Name(i), _ => ClockHouse.Recipe("every: 15m, missed: all")));
        var start = house.Time.GetUtcNow();
        for (var i = 0; i < PlanCount; i++)
        {
            await house.Plans().AddAsync(new PlanWish(new RunFilter(Code: "none"), new ReplayWish(), null, null, "20 * * * *", null), Ana, CancellationToken.None);
        }

        var lanes = await LanesAsync(house, Lanes);
        for (var step = 1; step <= Steps; step++)
        {
            house.Time.GoTo(start + TimeSpan.FromMinutes(15 * step));
            // Each 40th step the process ends when half of them have fired and a plan's firing has begun; the next starts three moments later.
            var cut = step % 40 == 22;
            await FireAsync(lanes.Take(cut ? Lanes / 2 : Lanes), Recipes / Lanes);
            await PlansAsync(house, cut);
            if (cut)
            {
                await house.RestartAsync(TimeSpan.FromMinutes(45));
                step += 3;
                lanes = await LanesAsync(house, Lanes);
                await FireAsync(lanes, Recipes / Lanes);
                await PlansAsync(house, cut: false);
            }
        }

        var expected = Enumerable.Range(1, Steps).Select(step => start + TimeSpan.FromMinutes(15 * step)).ToList();
        for (var i = 0; i < Recipes; i++)
        {
            var events = await house.Store.ListEventsAsync(new EventQuery(Connection: $"schedule/{Name(i)}", Limit: 1_000), CancellationToken.None);
            Assert.Equal(expected, events.Select(row => row.Time!.Value).Order());
        }

        var counts = await house.Store.CountsAsync(house.Time.GetUtcNow(), CancellationToken.None);
        Assert.Equal((Recipes * Steps, Recipes * Steps), ((int)counts.Events, (int)counts.Runs.Values.Sum()));
        var hours = Enumerable.Range(0, Steps / 4).Select(hour => $"due {start.AddHours(hour).AddMinutes(20):yyyy-MM-dd HH:mm:ssZ}: 0 of 0 runs went on");
        foreach (var plan in await house.Store.PlansAsync(CancellationToken.None))
        {
            var audit = await house.Store.AuditAsync(plan.Id, null, 1_000, CancellationToken.None);
            Assert.Equal(hours, audit.Where(entry => entry.Act == "fire").Select(entry => entry.Detail).Order(StringComparer.Ordinal));
        }

        Assert.Equal(10_000, (Recipes * Steps) + (PlanCount * Steps / 4));
    }

    [Theory]
    // The clock goes back from 03:00 to 02:00 on 25 October: 02:30 comes twice.
    [InlineData("30 2 * * *", "2026-10-24T20:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    // It goes forward from 02:00 to 03:00 on 28 March: there is no 02:30.
    [InlineData("30 2 * * *", "2027-03-27T20:00:00Z", "2027-03-28T01:00:00Z 2027-03-29T00:30:00Z")]
    // Every hour is an hour that passes.
    [InlineData("0 * * * *", "2026-10-24T22:30:00Z", "2026-10-24T23:00:00Z 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z 2026-10-25T03:00:00Z 2026-10-25T04:00:00Z", 6)]
    [InlineData("0 * * * *", "2027-03-27T22:30:00Z", "2027-03-27T23:00:00Z 2027-03-28T00:00:00Z 2027-03-28T01:00:00Z 2027-03-28T02:00:00Z 2027-03-28T03:00:00Z 2027-03-28T04:00:00Z", 6)]
    public async Task On_the_nights_the_clock_changes_a_planned_replay_fires_once_also_across_restarts(string cron, string from, string expected, int hours = 31)
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string> { ["clock"] = ClockHouse.Recipe($"cron: \"{cron}\", missed: all") });
        house.Time.GoTo(Moment(from));
        var (plan, problem) = await house.Plans().AddAsync(new PlanWish(new RunFilter(Code: "none"), new ReplayWish(), null, null, cron, "Europe/Paris"), Ana, CancellationToken.None);
        Assert.Null(problem);
        var takers = (One: await TakerAsync(house), Other: await TakerAsync(house));
        for (var minute = 10; minute <= hours * 60; minute += 10)
        {
            house.Time.GoTo(Moment(from).AddMinutes(minute));
            await Task.WhenAll(takers.One(), takers.Other());
            if (minute % 180 == 100)
            {
                await house.RestartAsync(TimeSpan.Zero);
                takers = (await TakerAsync(house), await TakerAsync(house));
            }
        }

        var wanted = expected.Split(' ').Select(Moment).ToList();
        var audit = await house.Store.AuditAsync(plan!.Id, null, 100, CancellationToken.None);
        Assert.Equal(wanted.Select(at => $"due {at:yyyy-MM-dd HH:mm:ssZ}: 0 of 0 runs went on"), audit.Where(entry => entry.Act == "fire").Select(entry => entry.Detail).Order(StringComparer.Ordinal));
        var events = await house.Store.ListEventsAsync(new EventQuery(Connection: "schedule/clock", Limit: 100), CancellationToken.None);
        Assert.Equal(wanted, events.Select(row => row.Time!.Value).Order());
    }

    private static async Task<Func<Task>> TakerAsync(ClockHouse house)
    {
        var (timetable, plans) = (await house.TimetableAsync(), house.Plans());
        return async () =>
        {
            await timetable.FireAsync("clock", CancellationToken.None);
            await plans.FireDueAsync(CancellationToken.None);
        };
    }

    // Each lane is a pair of processes that race for the recipes of the lane.
    private static async Task<IReadOnlyList<(int Number, Timetable One, Timetable Other)>> LanesAsync(ClockHouse house, int count)
    {
        var lanes = new List<(int, Timetable, Timetable)>();
        for (var i = 0; i < count; i++)
        {
            lanes.Add((i, await house.TimetableAsync(), await house.TimetableAsync()));
        }

        return lanes;
    }

    private static Task FireAsync(IEnumerable<(int Number, Timetable One, Timetable Other)> lanes, int recipes) =>
        Task.WhenAll(lanes.SelectMany(lane => new[] { LaneAsync(lane.One, lane.Number * recipes, recipes), LaneAsync(lane.Other, lane.Number * recipes, recipes) }));

    private static async Task LaneAsync(Timetable timetable, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            await timetable.FireAsync(Name(i), CancellationToken.None);
        }
    }

    private static async Task PlansAsync(ClockHouse house, bool cut)
    {
        var due = (await house.Store.PlansAsync(CancellationToken.None))[0];
        if (cut && due.NextAt <= house.Time.GetUtcNow())
        {
            Assert.True(await house.Store.BeginFiringAsync(due.Id, due.NextAt!.Value, due.NextAt.Value.AddHours(1), CancellationToken.None));
            return;
        }

        await Task.WhenAll(house.Plans().FireDueAsync(CancellationToken.None), house.Plans().FireDueAsync(CancellationToken.None));
    }

    private static string Name(int number) => $"clock-{number:D2}";

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
