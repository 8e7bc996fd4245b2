using System.Net;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Simulations;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What a person does with what happens by the clock: on virtual time, and with Quartz through the admin API.</summary>
public partial class ScheduleActsTests
{
    private static readonly Actor Ana = new("ana", "quiet, please");

    [Theory]
    [InlineData("last", "2026-09-01T15:00:00Z", 1)]
    [InlineData("all", "2026-09-01T11:00:00Z 2026-09-01T12:00:00Z 2026-09-01T13:00:00Z 2026-09-01T14:00:00Z 2026-09-01T15:00:00Z", 5)]
    [InlineData("none", "", 0)]
    public async Task A_schedule_that_is_held_up_fires_nothing_also_after_a_restart_and_then_what_its_recipe_says(string missed, string fired, int madeUp)
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string> { ["clock"] = ClockHouse.Recipe($"every: 1h, missed: {missed}") });
        var timetable = await house.TimetableAsync();
        foreach (var hour in new[] { "2026-09-01T09:00:00Z", "2026-09-01T10:00:00Z" })
        {
            house.Time.GoTo(Moment(hour));
            await timetable.FireAsync("clock", CancellationToken.None);
        }

        await house.Get<ScheduleActs>().PauseAsync("clock", Ana, CancellationToken.None);
        await timetable.RefreshAsync(CancellationToken.None);

        house.Time.GoTo(Moment("2026-09-01T13:30:00Z"));
        Assert.Null(await timetable.FireAsync("clock", CancellationToken.None));
        await house.RestartAsync(TimeSpan.FromMinutes(10));
        timetable = await house.TimetableAsync();
        house.Time.GoTo(Moment("2026-09-01T15:30:00Z"));
        Assert.Null(await timetable.FireAsync("clock", CancellationToken.None));
        Assert.Equal(("paused", null, "ana"), await house.List.FindAsync("clock", CancellationToken.None) is { } view ? (view.State, view.Next, view.Hold!.Who) : default);

        await house.Get<ScheduleActs>().ResumeAsync("clock", Ana, CancellationToken.None);
        Assert.Contains("clock", (await timetable.RefreshAsync(CancellationToken.None))!.Planned);
        Assert.Equal(Moment("2026-09-01T16:00:00Z"), await timetable.FireAsync("clock", CancellationToken.None));

        var events = await house.Store.ListEventsAsync(new EventQuery(Connection: "schedule/clock", Limit: 100), CancellationToken.None);
        Assert.Equal(fired, string.Join(' ', events.Select(row => row.Time!.Value).Order().Skip(2).Select(at => $"{at:yyyy-MM-ddTHH:mm:ssZ}")));
        var misfires = (await house.List.FindAsync("clock", CancellationToken.None))!.Misfires!;
        Assert.Equal((5, madeUp), (misfires.Missed, misfires.MadeUp));
        Assert.Equal(["resume", "pause"], (await house.Store.AuditAsync("clock", null, 10, CancellationToken.None)).Select(entry => entry.Act));
    }

    [Fact]
    public async Task A_plan_gets_other_times_and_another_rate_and_what_was_missed_is_counted()
    {
        await using var house = await ClockHouse.OpenAsync(new Dictionary<string, string>());
        var acts = house.Get<ScheduleActs>();
        var (plan, _) = await house.Plans().AddAsync(new PlanWish(new RunFilter(), new ReplayWish(), 5, null, "0 * * * *", "Europe/Paris"), Ana, CancellationToken.None);
        house.Time.GoTo(Moment("2026-09-01T11:30:00Z"));
        await house.Plans().FireDueAsync(CancellationToken.None);
        Assert.Equal(new MissedCount(3, 1, house.Time.GetUtcNow()), (await house.List.FindAsync(plan!.Id, CancellationToken.None))!.Misfires);

        var changed = Assert.IsType<ScheduleAnswer.Done>(await acts.ChangeAsync(plan.Id, new PlanChange(Cron: "30 2 * * *", PerSecond: 0, Zone: "America/New_York"), Ana, CancellationToken.None)).View;
        Assert.Equal(("cron 30 2 * * * America/New_York", Moment("2026-09-02T06:30:00Z"), "Replays dead letters: from the step that failed, recipe as it was."), (changed.When, changed.Next, changed.Does));
        await acts.ChangeAsync(plan.Id, new PlanChange(Zone: "America/New_York"), Ana, CancellationToken.None);
        Assert.Equal(
            "cron 0 * * * * Europe/Paris, 5 a second, now cron 30 2 * * * America/New_York",
            Assert.Single(await house.Store.AuditAsync(plan.Id, null, 10, CancellationToken.None), entry => entry.Act == "change").Detail);

        var once = Assert.IsType<ScheduleAnswer.Done>(await acts.ChangeAsync(plan.Id, new PlanChange(At: Moment("2026-09-03T00:00:00Z")), Ana, CancellationToken.None)).View;
        Assert.Equal("once at 2026-09-03 00:00:00Z", once.When);
        Assert.Equal($"{plan.Id} comes once, at a moment that is the same in every zone.", await RefusedAsync(acts, plan.Id, new PlanChange(Zone: "Europe/Paris")));
        Assert.Equal("A plan comes once or by a cron: say one of both.", await RefusedAsync(acts, plan.Id, new PlanChange(Moment("2026-09-03T00:00:00Z"), "0 2 * * *")));
        Assert.Equal("Say what is to be different: a time, a cron, a zone or a rate.", await RefusedAsync(acts, plan.Id, new PlanChange()));
        Assert.Equal("'Europe/Pari' is no time zone. Write a name such as Europe/Paris.", await RefusedAsync(acts, plan.Id, new PlanChange(Cron: "0 2 * * *", Zone: "Europe/Pari")));
    }

    [Fact]
    public async Task The_hubs_own_jobs_are_listed_from_quartz_run_now_and_held_up_where_that_does_no_harm()
    {
        var recipes = new Dictionary<string, string> { ["digest"] = ClockHouse.Recipe("cron: \"0 9 * * MON-FRI\"") };
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var gateway = await RunningGateway.StartAsync(null, recipes, folder))
        {
            await RunningGateway.EventuallyAsync(async () => (await gateway.SchedulesAsync()).All(view => view.When != "each second" || view.Last is not null) ? "fired" : null, "each job's first time");
            var views = await gateway.SchedulesAsync();
            Assert.Equal(["hub:plans", "hub:sweep", "hub:timetable"], views.Where(view => view.When == "each second").Select(view => view.Id));
            Assert.All(views, view => Assert.Equal($"{Environment.MachineName}/{Environment.ProcessId}", view.Owner));
            Assert.All(views.Where(view => view.Kind == "hub"), view => Assert.Matches("^[A-Z][^.]+\\.$", view.Does));

            Assert.StartsWith("hub:sweep cannot be paused: without it, runs that wait for a retry", await gateway.RefusalAsync("api/schedules/hub:sweep/pause", new WhyBody()), StringComparison.Ordinal);
            Assert.Equal("hub:sweep is the hub's own and comes each second; that cannot be changed. Do it now with: connectorhub schedules run hub:sweep", await gateway.RefusalAsync("api/schedules/hub:sweep/change", new PlanChangeBody(PerSecond: 1)));
            Assert.Equal("The schedule of 'digest' is in its file: change 'when' in recipes/digest.yaml(3). The hub takes it up by itself.", await gateway.RefusalAsync("api/schedules/digest/change", new PlanChangeBody(Cron: "0 8 * * *")));
            using var nothing = await gateway.SendAdminAsync("api/schedules/hub:nothing/run", new WhyBody());
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
            Assert.Equal(new ActDone("hub:sweep", "it is done now"), await gateway.ActAsync<ActDone>("api/schedules/hub:sweep/run", new WhyBody("a look")));

            var held = await gateway.ActAsync<ScheduleView>("api/schedules/hub:plans/pause", new WhyBody("a test"));
            Assert.Equal(("paused", null, "no planned replay is done until it goes on; what fell due is then made up for once"), (held.State, held.Next, held.Note));
            await gateway.ActAsync<ScheduleView>("api/schedules/hub:plans/pause", new WhyBody("twice"));
            await gateway.ActAsync<ScheduleView>("api/schedules/digest/pause", new WhyBody("holidays"));
            Assert.Equal(2, (await gateway.Store.AuditAsync(null, null, 10, CancellationToken.None)).Count(entry => entry.Act == "pause"));
        }

        await using (var gateway = await RunningGateway.StartAsync(null, recipes, folder))
        {
            var lines = (await PrintedAsync(gateway, "digest")).Split('\n');
            Assert.Equal("digest  cron 0 9 * * MON-FRI Europe/Paris  held up, never yet  (paused)", lines[0]);
            Assert.StartsWith("  At 09:00, on ", lines[1], StringComparison.Ordinal);
            Assert.Equal(["  held up since <time> by token first: \"holidays\""], lines[2..]);
            var plan = await gateway.ActAsync<ScheduleView>("api/schedules", new PlanBody(new FilterBody(Code: "none"), new ReplayBody(At: TimeProvider.System.GetUtcNow())));
            // Two seconds of the timetable have passed, and the plan that is due has not fired.
            var before = (await gateway.SchedulesAsync()).First(view => view.Id == "hub:timetable").Last;
            await RunningGateway.EventuallyAsync(async () => (await gateway.SchedulesAsync()).First(view => view.Id == "hub:timetable").Last > before?.AddSeconds(1) ? "later" : null, "two seconds");
            Assert.Null((await gateway.SchedulesAsync()).First(view => view.Id == plan.Id).Last);

            Assert.Equal("live", (await gateway.ActAsync<ScheduleView>("api/schedules/hub:plans/resume", new WhyBody())).State);
            await RunningGateway.EventuallyAsync(async () => (await gateway.SchedulesAsync()).First(view => view.Id == plan.Id).Last is null ? null : "fired", "the plan's firing");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> PrintedAsync(RunningGateway gateway, string id)
    {
        using var page = new StringWriter { NewLine = "\n" };
        SchedulesCommand.Print(page, [.. (await gateway.SchedulesAsync()).Where(view => view.Id == id)], new HubTime("Europe/Paris", TimeProvider.System));
        var text = Clock().Replace(page.ToString(), "<time>");
        Assert.EndsWith($"\nFired by {Environment.MachineName}/{Environment.ProcessId}.\n", text, StringComparison.Ordinal);
        return text[..text.LastIndexOf("\nFired", StringComparison.Ordinal)];
    }

    private static async Task<string> RefusedAsync(ScheduleActs acts, string id, PlanChange change) =>
        Assert.IsType<ScheduleAnswer.Refused>(await acts.ChangeAsync(id, change, Ana, CancellationToken.None)).Problem;

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d\d:\d\d:\d\d")]
    private static partial Regex Clock();
}
