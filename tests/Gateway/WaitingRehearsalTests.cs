using System.Net;
using System.Text.Json;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary><c>connections rehearse</c>: what waiting runs would send, while they go on waiting.</summary>
public class WaitingRehearsalTests
{
    [Fact]
    public async Task Blocked_runs_show_their_exact_requests_and_stay_as_they_are()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"invalid_auth\"}"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var blocked = await gateway.RunAsync("live", row => row.State == RunState.Blocked);
        var calls = slack.Authorizations.Count;

        var shown = await RehearseAsync(gateway, "slack");

        var step = Assert.Single(shown.GetProperty("steps").EnumerateArray());
        Assert.Equal(("Blocked", "post"), (step.GetProperty("state").GetString(), step.GetProperty("step").GetString()));
        Assert.EndsWith("chat.postMessage", step.GetProperty("request").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("Product &lt;news&gt; started at 7 May 17:28", step.GetProperty("request").GetProperty("body").GetString()!.Replace("\\u0026", "&", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(RunningGateway.BotToken, shown.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(calls, slack.Authorizations.Count);
        var after = await gateway.Store.FindRunAsync(blocked.Id, CancellationToken.None);
        Assert.Equal((blocked.State, blocked.Epoch, blocked.Attempts), (after!.State, after.Epoch, after.Attempts));
    }

    [Fact]
    public async Task A_run_whose_answer_was_lost_says_that_the_hub_looks_first()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, null));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, null, ("Runs:Settle", "10m"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Waiting);

        var step = Assert.Single((await RehearseAsync(gateway, "slack")).GetProperty("steps").EnumerateArray());

        Assert.Contains("looks for what it did before it sends this", step.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task Where_nothing_waits_there_is_nothing_to_show_and_an_unknown_connection_is_said()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        Assert.Empty((await RehearseAsync(gateway, "slack")).GetProperty("steps").EnumerateArray());
        using var unknown = await gateway.Admin.PostAsync("api/connections/nobody/rehearse", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<JsonElement> RehearseAsync(RunningGateway gateway, string connection)
    {
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        using var answer = await gateway.Admin.PostAsync($"api/connections/{connection}/rehearse", null);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
