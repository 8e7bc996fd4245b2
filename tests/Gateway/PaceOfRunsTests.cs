using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What runs of one connection do when its platform asks to slow down or is down.</summary>
public class PaceOfRunsTests
{
    [Fact]
    public async Task After_slow_down_the_others_wait_without_an_attempt_and_then_all_come_through()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"ratelimited\"}"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Waiting && row.Attempts == 1);

        for (var i = 0; i < 5; i++)
        {
            using var more = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        }

        var runs = await RunningGateway.EventuallyAsync(
            async () => (await gateway.Store.ListRunsAsync(new RunQuery(), CancellationToken.None)) is var all && all.Count(run => run.State == RunState.Waiting) == 6 ? all : null,
            "six waiting runs");
        Assert.Equal(1, runs.Sum(run => run.Attempts));
        Assert.Empty(slack.Posted);

        gateway.Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        var connections = await gateway.Admin.GetFromJsonAsync<JsonElement>("api/connections");
        var pace = connections.EnumerateArray().Single(one => one.GetProperty("connector").GetString() == "slack").GetProperty("pace");
        Assert.Equal(("it asked to slow down", 5), (pace.GetProperty("why").GetString(), pace.GetProperty("runs").GetInt32()));
    }

    [Fact]
    public async Task While_the_platform_is_down_runs_wait_without_using_tries()
    {
        await using var slack = await FakeSlack.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            slack.Answers.Enqueue((503, "<html>down</html>"));
        }

        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["live"] = Bodies.LiveRecipe.Replace("[1s, 1s]", "[10m, 10m]", StringComparison.Ordinal) });
        for (var i = 0; i < 12; i++)
        {
            using var early = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        }

        await RunningGateway.EventuallyAsync(
            async () => (await gateway.Store.ListRunsAsync(new RunQuery(), CancellationToken.None)) is var all && all.Count(run => run.State == RunState.Waiting) == 12 ? all : null,
            "twelve waiting runs");
        using var late = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var newest = await gateway.RunAsync("live", row => row.State == RunState.Waiting && row.Attempts == 0);
        Assert.Empty(await gateway.Store.AttemptsAsync(newest.Id, CancellationToken.None));
    }
}
