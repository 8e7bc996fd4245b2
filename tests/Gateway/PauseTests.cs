using System.Net;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Holding runs up and letting them go on.</summary>
public class PauseTests
{
    [Fact]
    public async Task While_a_connection_is_paused_events_are_taken_and_their_runs_wait_for_its_end()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        Assert.Single(await PauseAsync(gateway, new PauseBody(PauseKind.Connection, "slack", Why: "moving to another workspace")));
        using (var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var view = await RunningGateway.EventuallyAsync(
            async () => (await gateway.Store.PauseViewsAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None)) is [{ Waiting: 1 } one] ? one : null, "a run that waits");
        Assert.Empty(slack.Posted);
        var line = PausePrinter.Line(view, new HubTime("Europe/Paris", TimeProvider.System));
        Assert.Matches("^Connection slack is paused since [0-9:]+ by token first: moving to another workspace\\. Events are taken; 1 run waits since [0-9:]+\\.$", line);

        Assert.Empty(await PauseAsync(gateway, new PauseBody(PauseKind.Connection, "slack"), "api/pauses/end"));

        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task A_pause_holds_a_run_up_between_two_steps()
    {
        await using var slack = await FakeSlack.StartAsync();
        var hold = new TaskCompletionSource();
        slack.Held = hold.Task;
        var recipe = Bodies.LiveRecipe + "\n  - { id: again, use: slack.post-message, with: { channel: C2, text: again } }";
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["live"] = recipe });
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await slack.Called.Task;

        await PauseAsync(gateway, new PauseBody(PauseKind.Recipe, "live", Why: "wrong channel"));
        hold.SetResult();

        await gateway.RunAsync("live", row => row is { State: RunState.Waiting, StepIndex: 1 });
        Assert.Single(slack.Posted);
        await PauseAsync(gateway, new PauseBody(PauseKind.Recipe, "live"), "api/pauses/end");
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.Equal(2, slack.Posted.Count);
    }

    [Theory]
    [InlineData(PauseKind.Recipe, "liv", "reason", "There is no recipe 'liv'. Did you mean 'live'? There are: live.")]
    [InlineData(PauseKind.Connection, "slak", "reason", "There is no connection 'slak'. Did you mean 'slack'? There are: inbox, slack, spot.")]
    [InlineData(PauseKind.Hook, "spt/live.updated", "reason", "There is no connection 'spt'. Did you mean 'spot'? There are: inbox, slack, spot.")]
    [InlineData(PauseKind.Hook, "slack/live.updated", "reason", "Connection 'slack' receives nothing, so it has no hooks.")]
    [InlineData(PauseKind.Hook, "spot/live.updatd", "reason", "There is no hook 'spot/live.updatd'. Did you mean 'spot/live.updated'? There are: spot/course.participant.created, spot/course.participant.status.updated, spot/course.step.completed, spot/document.updated, spot/learning-path.participant.created and others; see: connectorhub hooks")]
    [InlineData(PauseKind.All, "slack", "reason", "'all' takes no name, and there is 'slack'.")]
    [InlineData(PauseKind.All, null, " ", "Say why: who finds that nothing goes out wants to know.")]
    public async Task What_is_not_there_cannot_be_paused_and_nothing_without_a_reason(PauseKind kind, string? name, string why, string problem)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        using var answer = await gateway.SendAdminAsync("api/pauses", new PauseBody(kind, name, Why: why));

        Assert.Equal(problem, await answer.ProblemAsync());
        using var end = await gateway.SendAdminAsync("api/pauses/end", new PauseBody(kind, name));
        Assert.Equal(HttpStatusCode.Conflict, end.StatusCode);
    }

    [Theory]
    [InlineData("spot/live.updated")]
    [InlineData("inbox/anything")]
    [InlineData("inbox")]
    public async Task A_hook_that_can_be_called_can_be_paused(string hook)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        Assert.Equal(hook, Assert.Single(await PauseAsync(gateway, new PauseBody(PauseKind.Hook, hook, Why: "reason"))).Pause.Name);
    }

    private static async Task<IReadOnlyList<PauseView>> PauseAsync(RunningGateway gateway, PauseBody body, string path = "api/pauses") =>
        await gateway.ActAsync<List<PauseView>>(path, body);
}
