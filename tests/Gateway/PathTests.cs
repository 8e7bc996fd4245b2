using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

public class PathTests
{
    [Fact]
    public async Task A_transient_failure_is_tried_again_until_it_works()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((503, "<html>busy</html>"));
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"service_unavailable\"}"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State is RunState.Succeeded or RunState.DeadLettered or RunState.Asking);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Single(slack.Posted);
        Assert.Equal(3, run.Attempts);
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_a_dead_letter_with_Slacks_words()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"channel_not_found\"}"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State == RunState.DeadLettered);
        Assert.Equal("channel_not_found", run.Error!.Code);
        Assert.Equal("post", run.Error.Step);
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_looked_for_and_not_sent_again()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, null));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State is RunState.Succeeded or RunState.DeadLettered or RunState.Asking);
        Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
        Assert.Single(slack.Posted);
        Assert.Equal(AttemptState.Done, Assert.Single(await gateway.Store.AttemptsAsync(run.Id, CancellationToken.None)).State);
    }

    [Theory]
    [InlineData("", RunState.Asking, 1)]
    [InlineData("    repeat: again\n", RunState.Succeeded, 2)]
    public async Task A_lost_answer_nobody_can_look_for_asks_a_person_unless_the_recipe_says_again(string repeat, RunState end, int messages)
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, null));
        slack.Answers.Enqueue((200, "ok"));
        var recipe = Bodies.LiveRecipe.Replace("slack.post-message", "slack.post-webhook", StringComparison.Ordinal)
            .Replace("      channel: \"C0123456789\"\n", string.Empty, StringComparison.Ordinal) + "\n" + repeat;
        var recipes = new Dictionary<string, string> { ["live"] = recipe };
        await using var gateway = await RunningGateway.StartAsync(slack.Address, recipes, null, ("Connections:slack:Secrets:WebhookUrl", $"{slack.Address}/services/T/B/canary"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State is RunState.Succeeded or RunState.DeadLettered or RunState.Asking);
        Assert.Equal(end, run.State);
        Assert.Equal(messages, run.Attempts);
        Assert.DoesNotContain(gateway.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_credentials_block_the_connection_and_a_release_lets_its_runs_go_on()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"token_revoked\"}"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Blocked);
        var block = Assert.Single(await gateway.Store.BlockedConnectionsAsync(CancellationToken.None));
        Assert.Equal(("slack", "token_revoked"), (block.Connection, block.Code));

        await gateway.Store.ReleaseConnectionAsync("slack", TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task New_credentials_release_a_blocked_connection_by_themselves()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"invalid_auth\"}"));
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), "xoxb-old");
        await using (var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder, ("Connections:slack:Secrets:BotToken", "file:token")))
        {
            using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            await gateway.RunAsync("live", row => row.State == RunState.Blocked);
            await File.WriteAllTextAsync(Path.Combine(folder, "token"), "xoxb-new-and-longer");
            await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        }

        Assert.Equal("Bearer xoxb-new-and-longer", slack.Authorizations.Last());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_test_event_is_rehearsed_with_the_exact_request_and_nothing_is_sent()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted.Replace("{\"live\"", "{\"test\":true,\"live\"", StringComparison.Ordinal));
        var run = await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.True(run.Rehearsal);
        var attempt = Assert.Single(await gateway.Store.AttemptsAsync(run.Id, CancellationToken.None));
        var request = Encoding.UTF8.GetString(attempt.Request.Span);
        Assert.Contains("chat.postMessage", request, StringComparison.Ordinal);
        Assert.Contains("Bearer ***", request, StringComparison.Ordinal);
        Assert.Empty(slack.Posted);
    }

    [Fact]
    public async Task Once_per_lets_one_run_through_for_each_value()
    {
        await using var slack = await FakeSlack.StartAsync();
        var recipe = Bodies.LiveRecipe.Replace("steps:", "once_per: \"{{ event.live.id }}\"\nsteps:", StringComparison.Ordinal);
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["live"] = recipe });
        using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        using var second = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        var events = await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None);
        Assert.Equal([DecisionVerdict.AlreadyDone, DecisionVerdict.Taken], events.Select(row => Assert.Single(row.Decisions).Verdict));
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task A_call_under_way_ends_and_is_recorded_before_the_gateway_stops()
    {
        await using var slack = await FakeSlack.StartAsync();
        var release = new TaskCompletionSource();
        slack.Held = release.Task;
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await slack.Called.Task;
        var stopping = gateway.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(25));

        await using (var again = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            var run = Assert.Single(await again.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));
            Assert.Equal((RunState.Succeeded, 1), (run.State, run.Attempts));
        }

        Assert.Single(slack.Posted);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_waits_survives_a_restart()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((503, "no"));
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            await gateway.RunAsync("live", row => row.State == RunState.Waiting);
        }

        await using (var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        }

        Assert.Single(slack.Posted);
        Directory.Delete(folder, recursive: true);
    }
}
