using System.Net.Http.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

public class ScriptFaultTests
{
    [Theory]
    [InlineData("while (true) {}", "CH3004")]
    [InlineData("var a = []; while (true) { a.push(new Array(100000).join('x')); }", "CH300")]
    [InlineData("function f() { return f() + 1; } return f();", "CH300")]
    [InlineData("return /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!');", "CH300")]
    public async Task A_hostile_snippet_costs_its_own_run_and_nothing_else(string code, string expected)
    {
        await using var slack = await FakeSlack.StartAsync();
        var recipes = new Dictionary<string, string>
        {
            ["bad"] = Bodies.ScriptRecipe(code),
            ["good"] = Bodies.ScriptRecipe("return new Date(event.occurredAt * 1000).toISOString();"),
        };
        await using var gateway = await RunningGateway.StartAsync(slack.Address, recipes);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        answer.EnsureSuccessStatusCode();
        var bad = await gateway.RunAsync("bad", row => row.State == RunState.DeadLettered);
        Assert.StartsWith(expected, bad.Error!.Code, StringComparison.Ordinal);
        Assert.Contains("recipes/bad.yaml(", bad.Error.Message, StringComparison.Ordinal);
        await gateway.RunAsync("good", row => row.State == RunState.Succeeded);
        Assert.Equal("2024-05-07T15:28:34.000Z", Assert.Single(slack.Posted)["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("return 'done'", RunState.Succeeded)]
    [InlineData("throw new Error('no')", RunState.DeadLettered)]
    public async Task What_a_snippet_logs_is_kept_with_its_run(string ending, RunState state)
    {
        await using var slack = await FakeSlack.StartAsync();
        var recipe = Bodies.ScriptRecipe($"hub.log('at', event.occurredAt); hub.log('at', event.occurredAt); hub.log('<b>'); {ending};");
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["logs"] = recipe });
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("logs", row => row.State == state);

        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        var detail = await gateway.Admin.GetFromJsonAsync<RunDetail>($"api/runs/{run.Id}", AdminClient.Readable);
        using var rehearsed = await gateway.Admin.PostAsync($"api/events/{run.EventId}/rehearsal", null);
        var shown = await rehearsed.Content.ReadFromJsonAsync<EventRehearsalAnswer>(AdminClient.Readable);

        Assert.Equal(["at 1715095714", "<b>"], detail!.Log);
        Assert.Equal(detail.Log, Assert.Single(shown!.Recipes).Log);
    }

    [Fact]
    public async Task A_snippet_that_throws_names_the_line_of_the_recipe()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string> { ["bad"] = Bodies.ScriptRecipe("var x = 1;\nthrow new Error('no title');") });
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("bad", row => row.State == RunState.DeadLettered);
        Assert.Equal("CH3002", run.Error!.Code);
        Assert.Contains("bad.yaml(8,", run.Error.Message, StringComparison.Ordinal);
        Assert.Contains("no title", run.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_ends_hosts_again_and_again_rests_and_others_go_on()
    {
        await using var slack = await FakeSlack.StartAsync();
        var recipes = new Dictionary<string, string> { ["bad"] = Bodies.ScriptRecipe("while (true) {}"), ["good"] = Bodies.ScriptRecipe("return 'fine'") };
        // On a busy machine a loop may run into the clock first, and that is tried again.
        await using var gateway = await RunningGateway.StartAsync(slack.Address, recipes, null, ("Scripts:Wall", "1m"));
        for (var i = 0; i < 5; i++)
        {
            using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        }

        await RunningGateway.EventuallyAsync(
            async () => (await gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "bad"), CancellationToken.None)).Where(row => row.State == RunState.DeadLettered).ToList() is { Count: 5 } dead ? dead : null,
            "five dead letters of bad");
        using var last = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var resting = await gateway.RunAsync("bad", row => row.State == RunState.Waiting);
        await gateway.RunAsync("good", row => row.State == RunState.Succeeded);
        var status = await gateway.GetAsync("api/status");

        Assert.Equal(("let", "CH3006"), (resting.Error!.Step, resting.Error.Code));
        Assert.Contains("so they rest until", resting.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, resting.StepTries);
        Assert.Contains("\"resting\":[{\"recipe\":\"bad\"", status, StringComparison.Ordinal);
        Assert.Contains("\"cage\":[{\"name\":\"limits\"", status, StringComparison.Ordinal);
    }
}
