using System.Net;
using System.Text.Json;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What a person does with runs that wait for one, through the admin API, against a target that remembers.</summary>
public class ActsTests
{
    private const string NoChannel = "{\"ok\":false,\"error\":\"channel_not_found\"}";

    private const string TwoSteps = """
        version: 1
        name: Two messages
        when: { source: meltingspot, event: live.updated }
        steps:
          - { id: first, use: slack.post-message, with: { channel: C1, text: "first {{ event.live.name }}" } }
          - { id: second, use: slack.post-message, with: { channel: C2, text: second } }
        """;

    [Fact]
    public async Task A_dead_letter_goes_on_with_the_step_it_died_at_and_its_keys()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        var dead = await DeadAsync(gateway, slack, failing: 2);

        var done = await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/replay", new ReplayBody(Why: "the channel is there again"));

        Assert.Equal(new ActDone(dead.Id, string.Empty), done);
        await gateway.RunAsync("two", row => row.State == RunState.Succeeded);
        Assert.Equal(["C1", "C2"], slack.Posted.Select(message => message["channel"]!.ToString()));
        var attempts = await gateway.Store.AttemptsAsync(dead.Id, CancellationToken.None);
        Assert.Equal([("first", AttemptState.Done), ("second", AttemptState.Failed), ("second", AttemptState.Done)], attempts.Select(one => (one.StepId, one.State)));
        Assert.Equal(attempts[1].EffectKey, attempts[2].EffectKey);
        var entry = Assert.Single(await gateway.Store.AuditAsync(dead.Id, null, 10, CancellationToken.None));
        Assert.Equal(("token first", "replay", "the channel is there again", "from the step that failed, recipe as it was"), (entry.Who, entry.Act, entry.Why, entry.Detail));
    }

    [Fact]
    public async Task From_the_start_what_is_done_stays_done_and_again_does_it_once_more()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        var dead = await DeadAsync(gateway, slack, failing: 2);

        var second = (await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/replay", new ReplayBody(FromStart: true))).Run;
        await gateway.RunAsync("two", row => row.Id == second && row.State == RunState.Succeeded);
        Assert.Equal(["C1", "C2"], slack.Posted.Select(message => message["channel"]!.ToString()));

        var third = (await gateway.ActAsync<ActDone>($"api/runs/{second}/replay", new ReplayBody(Again: true))).Run;
        await gateway.RunAsync("two", row => row.Id == third && row.State == RunState.Succeeded);
        Assert.Equal(["C1", "C2", "C1", "C2"], slack.Posted.Select(message => message["channel"]!.ToString()));
        Assert.Equal(4, slack.Posted.Select(message => message["metadata"]!.ToJsonString()).Distinct().Count());
        Assert.Contains($"replayed as {second}", await RefusalAsync(gateway, $"api/runs/{dead.Id}/replay", new ReplayBody(FromStart: true)), StringComparison.Ordinal);
        Assert.Contains("To do it once more: --again", await RefusalAsync(gateway, $"api/runs/{third}/replay", new ReplayBody()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_recipe_as_it_is_a_mended_step_is_done_as_mended()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        var dead = await DeadAsync(gateway, slack, failing: 2);
        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "recipes", "two.yaml"), TwoSteps.Replace("C2", "C3", StringComparison.Ordinal));
        await RunningGateway.EventuallyAsync(async () => (await gateway.GetAsync("api/recipes")).Contains(dead.RecipeHash, StringComparison.Ordinal) ? null : "changed", "the changed recipe");

        await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/replay", new ReplayBody(AsItIs: true));

        await gateway.RunAsync("two", row => row.State == RunState.Succeeded);
        Assert.Equal(["C1", "C3"], slack.Posted.Select(message => message["channel"]!.ToString()));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_doubt_is_settled_by_a_person(bool happened, int attempts)
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, null));
        slack.Answers.Enqueue((200, "ok"));
        // A webhook's channel cannot be read, so nobody but a person can look.
        var recipe = Bodies.LiveRecipe.Replace("slack.post-message", "slack.post-webhook", StringComparison.Ordinal).Replace("      channel: \"C0123456789\"\n", string.Empty, StringComparison.Ordinal);
        await using var gateway = await RunningGateway.StartAsync(
            slack.Address, new Dictionary<string, string> { ["live"] = recipe }, null, ("Connections:slack:Secrets:WebhookUrl", $"{slack.Address}/services/T/B/canary"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var asking = await gateway.RunAsync("live", row => row.State == RunState.Asking);
        Assert.Contains("there is no doubt to decide", await RefusalAsync(gateway, $"api/runs/{asking.Id}/decide", new DecideBody(happened), asking.Id, decideFirst: true), StringComparison.Ordinal);

        Assert.Equal(attempts, (await gateway.RunAsync("live", row => row.State == RunState.Succeeded)).Attempts);
        Assert.Equal(attempts, slack.Authorizations.Count);
    }

    [Fact]
    public async Task What_is_given_up_is_kept_with_its_reason_and_not_tried_again()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        var dead = await DeadAsync(gateway, slack, failing: 1);

        await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/cancel", new CancelBody("nobody needs it"));

        var cancelled = (await gateway.Store.FindRunAsync(dead.Id, CancellationToken.None))!;
        Assert.Equal((RunState.Cancelled, "cancelled by token first: nobody needs it"), (cancelled.State, cancelled.Note));
        Assert.Contains("there is nothing to cancel", await RefusalAsync(gateway, $"api/runs/{dead.Id}/cancel", new CancelBody("twice")), StringComparison.Ordinal);
        using var silent = await gateway.SendAdminAsync($"api/runs/{dead.Id}/cancel", new CancelBody(" "));
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        using var nobody = await gateway.SendAdminAsync("api/runs/run_nobody/cancel", new CancelBody("why not"));
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task What_was_rehearsed_is_sent_when_a_person_says_so()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted.Replace("{\"live\"", "{\"test\":true,\"live\"", StringComparison.Ordinal));
        var rehearsed = await gateway.RunAsync("two", row => row.State == RunState.Succeeded);
        Assert.Empty(slack.Posted);

        var many = await gateway.ActAsync<ManyAnswer>("api/replays", new ReplaysBody(new FilterBody(State: RunState.Succeeded, Rehearsal: true), new ReplayBody(Live: true)));

        Assert.Equal((1, 1), (many.Found, many.Done));
        await gateway.RunAsync("two", row => row.Id != rehearsed.Id && row.State == RunState.Succeeded);
        Assert.Equal(["C1", "C2"], slack.Posted.Select(message => message["channel"]!.ToString()));
    }

    [Fact]
    public async Task All_that_fit_go_on_at_the_pace_a_person_says_and_the_rest_stays()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await DeadAsync(gateway, slack, failing: 1);
        }

        var at = TimeProvider.System.GetUtcNow().AddHours(2);
        Assert.Equal(3, (await gateway.ActAsync<ManyAnswer>("api/replays", new ReplaysBody(new FilterBody(Code: "channel_not_found"), new ReplayBody(), Only: true))).Found);
        Assert.Equal(0, (await gateway.ActAsync<ManyAnswer>("api/replays", new ReplaysBody(new FilterBody(Code: "other"), new ReplayBody()))).Found);
        var many = await gateway.ActAsync<ManyAnswer>("api/replays", new ReplaysBody(new FilterBody(Connection: "slack"), new ReplayBody(At: at), PerSecond: 0.5));

        Assert.Equal((3, 3), (many.Found, many.Done));
        var due = (await gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "two"), CancellationToken.None)).Select(run => (run.DueAt!.Value - at).TotalSeconds).Order();
        Assert.Equal([0.0, 2.0, 4.0], due.Select(seconds => Math.Round(seconds, 3)));
    }

    [Fact]
    public async Task What_waits_for_a_person_is_told_by_cause_with_what_can_be_done()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["two"] = TwoSteps });
        await DeadAsync(gateway, slack, failing: 1);
        var newest = await DeadAsync(gateway, slack, failing: 1);

        var groups = JsonSerializer.Deserialize<List<CauseGroup>>(await gateway.GetAsync("api/dead-letters"), AdminClient.Readable)!;
        using var screen = new StringWriter();
        new ActPrinter(screen, new HubTime("Europe/Paris", TimeProvider.System)).Causes(groups, filtered: false);

        var lines = screen.ToString().Split(Environment.NewLine);
        Assert.Equal("2 runs of two, step first on slack: channel_not_found", lines[0]);
        Assert.Contains("channel", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"; the newest: {newest.Id}", lines[2], StringComparison.Ordinal);
        Assert.Equal("  connectorhub replay --recipe two --step first --code channel_not_found   (--rehearse shows first what would be sent)", lines[3]);
        var shown = await gateway.GetAsync($"api/runs/{newest.Id}");
        Assert.Contains($"connectorhub replay {newest.Id}", shown, StringComparison.Ordinal);
    }

    private static async Task<RunRow> DeadAsync(RunningGateway gateway, FakeSlack slack, int failing)
    {
        var before = (await gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "two"), CancellationToken.None)).Select(run => run.Id).ToHashSet();
        for (var step = 1; step <= failing; step++)
        {
            slack.Answers.Enqueue(step == failing ? (200, NoChannel) : (200, $"{{\"ok\":true,\"channel\":\"C{step}\",\"ts\":\"{step}.0\"}}"));
        }

        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var dead = await gateway.RunAsync("two", row => row.State == RunState.DeadLettered && !before.Contains(row.Id));
        if (failing == 2)
        {
            // The queued answer took the first message without keeping it.
            slack.Posted.Enqueue(System.Text.Json.Nodes.JsonNode.Parse($$"""{"channel":"C1","metadata":"{{dead.Id}}"}""")!);
        }

        return dead;
    }

    private static async Task<string> RefusalAsync(RunningGateway gateway, string path, object body, string? run = null, bool decideFirst = false)
    {
        if (decideFirst)
        {
            await gateway.ActAsync<ActDone>($"api/runs/{run}/decide", body);
        }

        using var answer = await gateway.SendAdminAsync(path, body);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await answer.ProblemAsync())!;
    }
}
