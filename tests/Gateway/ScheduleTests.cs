using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Simulations;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.StandIns;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Schedules with the real store, on virtual time; and once with Quartz. The clock begins on 1 September 2026, 10:00 in Paris.</summary>
public class ScheduleTests
{
    private const string Id = "simulated";

    private static readonly BeforeStart New = new(null, new HashSet<string>());

    [Fact]
    public async Task A_schedule_seen_for_the_first_time_fires_nothing_for_the_past_and_then_in_time()
    {
        await using var hub = await StartAsync("cron: \"0 9 * * *\"");
        var timetable = hub.Timetable(New);

        var change = await timetable.RefreshAsync(CancellationToken.None);
        Assert.Equal(Paris("2026-09-02T09:00:00+02:00"), Assert.Single(change!.Planned).Value);
        Assert.Equal(Paris("2026-09-02T09:00:00+02:00"), await timetable.FireAsync(Id, CancellationToken.None));
        Assert.Empty(await FiredAsync(hub));

        hub.Time.GoTo(Paris("2026-09-02T09:00:00+02:00"));
        Assert.Equal(Paris("2026-09-03T09:00:00+02:00"), await timetable.FireAsync(Id, CancellationToken.None));
        Assert.Equal(["{\"scheduledFor\":\"2026-09-02T09:00:00+02:00\"}"], await FiredAsync(hub));

        hub.Time.GoTo(Paris("2026-09-03T09:00:05+02:00"));
        await timetable.FireAsync(Id, CancellationToken.None);
        Assert.Equal("{\"scheduledFor\":\"2026-09-03T09:00:00+02:00\",\"previous\":\"2026-09-02T09:00:00+02:00\"}", (await FiredAsync(hub))[0]);
    }

    [Fact]
    public async Task A_firing_is_an_event_with_a_decision_and_a_run()
    {
        await using var hub = await StartAsync("every: 1h");
        var timetable = hub.Timetable(New);
        await timetable.RefreshAsync(CancellationToken.None);

        hub.Time.GoTo(Paris("2026-09-01T11:00:00+02:00"));
        await timetable.FireAsync(Id, CancellationToken.None);

        var row = Assert.Single(await EventsAsync(hub));
        Assert.Equal(("schedule", "fired", "schedule/simulated", "every 3600s Europe/Paris"), (row.Source, row.Type, row.Connection, row.Subject));
        Assert.Equal(DecisionVerdict.Taken, Assert.Single(row.Decisions).Verdict);
        Assert.Equal(row.Id, Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(RecipeId: Id), CancellationToken.None)).EventId);
        var reason = Assert.Single((await hub.Why.ExplainAsync(row, null, CancellationToken.None)).Recipes);
        Assert.Equal(("taken", "yes", "its schedule, every 3600s Europe/Paris"), (reason.Verdict, reason.Lines[0].Answer, reason.Lines[0].Sentence));
    }

    [Fact]
    public async Task Two_processes_that_fire_the_same_moment_make_one_event()
    {
        await using var hub = await StartAsync("every: 1h");
        var (one, other) = (hub.Timetable(New), hub.Timetable(New));
        await one.RefreshAsync(CancellationToken.None);
        await other.RefreshAsync(CancellationToken.None);

        hub.Time.GoTo(Paris("2026-09-01T11:00:00+02:00"));
        await one.FireAsync(Id, CancellationToken.None);
        await other.FireAsync(Id, CancellationToken.None);

        Assert.Equal(1, Assert.Single(await EventsAsync(hub)).Duplicates);
        Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(RecipeId: Id), CancellationToken.None));
    }

    [Theory]
    [InlineData("last", 1, "2026-09-01T15:00:00+02:00")]
    [InlineData("all", 4, "2026-09-01T15:00:00+02:00")]
    [InlineData("none", 0, "")]
    public async Task After_a_restart_the_missed_firings_are_those_since_the_last_one(string missed, int fired, string last)
    {
        await using var hub = await StartAsync($"every: 1h, missed: {missed}");
        var before = hub.Timetable(New);
        await before.RefreshAsync(CancellationToken.None);
        hub.Time.GoTo(Paris("2026-09-01T11:00:00+02:00"));
        await before.FireAsync(Id, CancellationToken.None);

        hub.Time.GoTo(Paris("2026-09-01T15:20:00+02:00"));
        var after = hub.Timetable(New);
        await after.RefreshAsync(CancellationToken.None);
        Assert.Equal(Paris("2026-09-01T16:00:00+02:00"), await after.FireAsync(Id, CancellationToken.None));

        var bodies = await FiredAsync(hub);
        Assert.Equal(1 + fired, bodies.Count);
        Assert.Contains(last, bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_was_there_before_the_start_makes_up_for_its_first_firing_and_a_new_one_does_not()
    {
        await using var hub = await StartAsync("cron: \"0 9 * * *\"");
        var aliveAt = Paris("2026-09-01T08:00:00+02:00");
        var (known, unknown) = (hub.Timetable(new BeforeStart(aliveAt, new HashSet<string> { hub.Recipe.Hash })), hub.Timetable(new BeforeStart(aliveAt, new HashSet<string>())));
        await known.RefreshAsync(CancellationToken.None);
        await unknown.RefreshAsync(CancellationToken.None);

        await unknown.FireAsync(Id, CancellationToken.None);
        Assert.Empty(await FiredAsync(hub));
        await known.FireAsync(Id, CancellationToken.None);
        Assert.Single(await FiredAsync(hub));
    }

    [Fact]
    public async Task What_fell_due_while_the_gateway_was_alive_and_the_recipe_off_was_not_missed()
    {
        await using var hub = await StartAsync("every: 1h, missed: all");
        var before = hub.Timetable(New);
        await before.RefreshAsync(CancellationToken.None);
        hub.Time.GoTo(Paris("2026-09-01T11:00:00+02:00"));
        await before.FireAsync(Id, CancellationToken.None);

        hub.Time.GoTo(Paris("2026-09-01T15:20:00+02:00"));
        var after = hub.Timetable(new BeforeStart(Paris("2026-09-01T15:10:00+02:00"), new HashSet<string>()));
        await after.RefreshAsync(CancellationToken.None);
        await after.FireAsync(Id, CancellationToken.None);

        Assert.Single(await FiredAsync(hub));
    }

    [Fact]
    public async Task A_recipe_that_is_switched_off_or_changed_is_planned_anew()
    {
        await using var hub = await StartAsync("every: 1h");
        var timetable = hub.Timetable(New);
        await timetable.RefreshAsync(CancellationToken.None);
        Assert.Null(await timetable.RefreshAsync(CancellationToken.None));

        await hub.RewriteAsync(Recipe("every: 1h") + "mode: off\n");
        Assert.Null(await timetable.FireAsync(Id, CancellationToken.None));
        Assert.Equal([Id], (await timetable.RefreshAsync(CancellationToken.None))!.Dropped);

        hub.Time.GoTo(Paris("2026-09-01T13:10:00+02:00"));
        await hub.RewriteAsync(Recipe("every: 2h"));
        var change = await timetable.RefreshAsync(CancellationToken.None);
        Assert.Equal(Paris("2026-09-01T14:00:00+02:00"), change!.Planned[Id]);
        await timetable.FireAsync(Id, CancellationToken.None);
        Assert.Empty(await FiredAsync(hub));
    }

    [Fact]
    public async Task A_test_of_the_recipe_plays_a_firing_of_its_own_schedule()
    {
        await using var hub = await StartAsync("cron: \"0 9 * * MON-FRI\"");
        await hub.RewriteAsync(Recipe("cron: \"0 9 * * MON-FRI\"") +
            """
            tests:
              - name: the second working day of 2026
                sample: schedule
                expect: say.text is "It is 2026-01-02 09:00"
              - name: another day
                sample: schedule
                change: { event.scheduledFor: "2026-07-01T09:00:00+02:00" }
                expect:
                  - runs are [say]
                  - say.text is "It is 2026-07-01 09:00"

            """);

        Assert.All(await hub.TestAsync(), result => Assert.Empty(result.Problems));
    }

    [Fact]
    public async Task Quartz_wakes_a_schedule_up_and_its_run_sends()
    {
        await using var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        var recipes = new Dictionary<string, string> { ["clock"] = Recipe("every: 1m") };
        await using (await RunningGateway.StartAsync(slack.Address, recipes, folder))
        {
            // Its minute need not come: the next gateway finds the last one unfired.
        }

        await using (var gateway = await RunningGateway.StartAsync(slack.Address, recipes, folder))
        {
            await gateway.RunAsync("clock", row => row.State == RunState.Succeeded);
            Assert.Contains("It is 20", slack.Posted.First()["text"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Contains("\"schedule/clock\"", await gateway.GetAsync("/api/events"), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Recipe(string schedule) =>
        $$$"""
        version: 1
        name: By the clock
        when: { schedule: { {{{schedule}}} } }
        steps:
          - id: say
            use: slack.post-message
            with: { channel: "#ops", text: "It is {{ event.scheduledFor | from_iso | date('yyyy-MM-dd HH:mm') }}" }

        """;

    private static Task<SimulatedHub> StartAsync(string schedule) =>
        SimulatedHub.StartAsync(new VirtualTime(), new Dictionary<string, StandIn>(), Recipe(schedule), ("Connections:slack:Connector", "slack"), ("Connections:slack:Secrets:BotToken", "xoxb-canary-000111222"), ("Connections:slack:Mode", "Rehearse"));

    private static Task<IReadOnlyList<EventRow>> EventsAsync(SimulatedHub hub) => hub.Store.ListEventsAsync(new EventQuery(Limit: 2_000), CancellationToken.None);

    private static async Task<List<string>> FiredAsync(SimulatedHub hub) =>
        [.. (await EventsAsync(hub)).Select(row => System.Text.Encoding.UTF8.GetString(row.Body.Span))];

    private static DateTimeOffset Paris(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
