using System.Text.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>An event is told in the order of time, with what people did and why.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task What_failed_was_given_up_and_was_begun_anew_is_told_in_the_order_of_time()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"channel_not_found\"}"));
        using var posted = await gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
        var dead = await gateway.RunAsync("live", run => run.State == RunState.DeadLettered);
        using var again = await gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
        await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/cancel", new CancelBody("the channel is gone"));
        var second = (await gateway.ActAsync<ActDone>($"api/runs/{dead.Id}/replay", new ReplayBody(Why: "it is back"))).Run;
        await gateway.RunAsync("live", run => run.Id == second && run.State == RunState.Succeeded);

        var detail = JsonSerializer.Deserialize<EventDetail>(await gateway.GetAsync($"api/events/{dead.EventId}"), AdminClient.Readable)!;

        Assert.Equal(
            [
                (null, "it came by spot/live.updated"),
                (dead.Id, "live: a run is opened"),
                (dead.Id, "live: attempt 1 at step post: failed, channel_not_found"),
                (null, "it came once more; the first one counts"),
                (dead.Id, "live: token first: cancel (\"the channel is gone\")"),
                (dead.Id, "live: it is given up"),
                (dead.Id, "live: token first: replay, from the step that failed, recipe as it was (\"it is back\")"),
                (second, "live: a run is opened"),
                (second, "live: attempt 1 at step post: done"),
                (second, "live: it is done"),
            ],
            detail.Story.Select(line => (line.Run, line.Words)));
        Assert.Equal(detail.Story.Select(line => line.At).Order(), detail.Story.Select(line => line.At));
        Assert.Equal([dead.Id, second], detail.Runs.Select(run => run.Summary.Id));
    }

    [Theory]
    [InlineData("spot/live.updated", "Nothing, if it is meant so: Hook spot/live.updated is paused by ana: upgrade. To let it go on: connectorhub resume hook spot/live.updated")]
    [InlineData("spot", null)]
    public async Task A_run_that_waits_names_the_pause_that_holds_it_up_and_no_other(string hook, string? advice)
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        slack.Answers.Enqueue((503, "busy"));
        using var posted = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row is { State: RunState.Waiting, StepTries: 1 });
        var now = TimeProvider.System.GetUtcNow();
        await gateway.Store.PauseAsync(new Pause(PauseKind.Hook, hook, now, null, "ana", "upgrade"), new AuditEntry("act_1", now, "ana", "pause", $"hook {hook}", "upgrade", string.Empty), CancellationToken.None);

        var detail = JsonSerializer.Deserialize<RunDetail>(await gateway.GetAsync($"api/runs/{run.Id}"), AdminClient.Readable)!;

        Assert.Equal(advice, detail.Advice);
    }
}
