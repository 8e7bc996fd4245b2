using System.Net;
using System.Text.Json;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Replays for later.</summary>
public class PlanTests
{
    private const string NoChannel = "{\"ok\":false,\"error\":\"channel_not_found\"}";

    [Fact]
    public async Task A_planned_replay_asks_which_runs_fit_when_its_time_has_come_and_fires_once()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        var at = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3);
        var plan = await gateway.ActAsync<ScheduleView>("api/schedules", new PlanBody(new FilterBody(Code: "channel_not_found"), new ReplayBody(At: at, Why: "the channel comes back")));
        slack.Answers.Enqueue((200, NoChannel));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var dead = await gateway.RunAsync("live", row => row.State == RunState.DeadLettered);

        await gateway.RunAsync("live", row => row.Id == dead.Id && row.State == RunState.Succeeded);

        var over = await RunningGateway.EventuallyAsync(
            async () => (await gateway.SchedulesAsync()).FirstOrDefault(view => view is { State: "over", Last: not null }), "a plan that is over");
        Assert.Equal((plan.Id, "1 of 1 runs went on", at), (over.Id, over.Result, over.Last));
        Assert.Single(slack.Posted);
        var audit = await gateway.Store.AuditAsync(plan.Id, null, 10, CancellationToken.None);
        Assert.Equal(["fire", "plan"], audit.Select(entry => entry.Act));
        Assert.All(audit, entry => Assert.Equal("token first", entry.Who));
    }

    [Fact]
    public async Task A_firing_that_a_crash_cut_off_is_done_by_the_next_process_once()
    {
        await using var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-plan-").FullName;
        string id;
        await using (var first = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            slack.Answers.Enqueue((200, NoChannel));
            using var answer = await first.PostAsync("live.updated", Bodies.LiveStarted);
            await first.RunAsync("live", row => row.State == RunState.DeadLettered);
            var far = TimeProvider.System.GetUtcNow().AddDays(1);
            id = (await first.ActAsync<ScheduleView>("api/schedules", new PlanBody(new FilterBody(Recipe: "live"), new ReplayBody(At: far)))).Id;
            var kept = (await first.Store.PlansAsync(CancellationToken.None))[0];
            await first.ActAsync<ScheduleView>($"api/schedules/{id}/pause", new WhyBody());
            await first.ActAsync<ScheduleView>($"api/schedules/{id}/resume", new WhyBody());
            Assert.True(await first.Store.BeginFiringAsync(id, kept.NextAt!.Value, null, CancellationToken.None));
        }

        await using var removal = new FolderRemoval(folder);
        await using var second = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder);

        await second.RunAsync("live", row => row.State == RunState.Succeeded);
        await RunningGateway.EventuallyAsync(async () => (await second.Store.PlansAsync(CancellationToken.None)) is [{ FiringAt: null }] done ? done : null, "the end of the firing");
        Assert.Single(await second.Store.AuditAsync(id, null, 10, CancellationToken.None), entry => entry.Act == "fire");
        Assert.Single(slack.Posted);
    }

    [Theory]
    [InlineData("0 2 * *", "is no cron: ")]
    [InlineData("0 2 30 2 *", "'0 2 30 2 *' never comes.")]
    [InlineData(null, "Say when: a time, or a cron of five fields.")]
    public async Task What_never_comes_is_not_planned(string? cron, string problem)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        using var answer = await gateway.SendAdminAsync("api/schedules", new PlanBody(new FilterBody(Recipe: "live"), new ReplayBody(), Cron: cron));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(problem, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_by_the_clock_is_listed_run_now_paused_and_removed()
    {
        const string Digest = """
            version: 1
            name: Digest
            when: { schedule: { cron: "0 9 * * MON-FRI" } }
            steps:
              - { id: post, use: slack.post-message, with: { channel: C1, text: "for {{ event.scheduledFor }}" } }
            """;
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["digest"] = Digest });
        var plan = await gateway.ActAsync<ScheduleView>("api/schedules", new PlanBody(new FilterBody(Connection: "slack"), new ReplayBody(), 5, "0 2 * * SUN"));
        Assert.Equal("cron 0 2 * * SUN Europe/Paris", plan.When);

        using var screen = new StringWriter();
        SchedulesCommand.Print(screen, await gateway.SchedulesAsync(), new HubTime("Europe/Paris", TimeProvider.System));
        Assert.Contains("digest  cron 0 9 * * MON-FRI Europe/Paris  next ", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("Replays dead letters stopped by connection slack: from the step that failed, recipe as it was, at most 5 in a second.", screen.ToString(), StringComparison.Ordinal);

        await gateway.ActAsync<ActDone>("api/schedules/digest/run", new WhyBody("a test"));
        await gateway.RunAsync("digest", row => row.State == RunState.Succeeded);
        Assert.Single(slack.Posted);

        Assert.Equal(("paused", null), await gateway.ActAsync<ScheduleView>($"api/schedules/{plan.Id}/pause", new WhyBody()) is var paused ? (paused.State, paused.Next) : default);
        Assert.Equal("live", (await gateway.ActAsync<ScheduleView>($"api/schedules/{plan.Id}/resume", new WhyBody())).State);
        await gateway.ActAsync<ActDone>($"api/schedules/{plan.Id}/remove", new WhyBody());
        Assert.Equal(["digest"], (await gateway.SchedulesAsync()).Where(view => view.Kind != "hub").Select(view => view.Id));
        using var gone = await gateway.SendAdminAsync($"api/schedules/{plan.Id}/remove", new WhyBody());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private sealed class FolderRemoval(string folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
