using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway;

public class RecipeReloadTests
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_changed_file_is_live_within_two_seconds_without_a_dropped_request()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var stop = new CancellationTokenSource();
        var posting = PostUntilAsync(gateway, stop.Token);
        var file = Path.Combine(gateway.Folder, "recipes", "live.yaml");
        var before = Book(gateway).Find("live")!.Live!.Hash;
        await File.WriteAllTextAsync(file, Bodies.LiveRecipe.Replace("started at", "has begun at", StringComparison.Ordinal));
        var start = TimeProvider.System.GetTimestamp();

        // Not the message: a channel takes one a second, and those in the old words come first.
        await gateway.RunAsync("live", run => run.RecipeHash != before);
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        await stop.CancelAsync();
        Assert.All(await posting, status => Assert.Equal(200, status));
        Assert.True(elapsed < Promise + TimeSpan.FromSeconds(1), $"It took {elapsed}.");
    }

    [Theory]
    [InlineData("this: [is not: a recipe")]
    [InlineData("version: 1\nname: x\nwhen: { source: nobody, event: x }\nsteps: []\n")]
    public async Task A_bad_change_keeps_the_last_good_version_live_and_says_so_also_after_a_restart(string bad)
    {
        await using var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "recipes", "live.yaml"), bad);
            await RunningGateway.EventuallyAsync(() => Task.FromResult(Book(gateway).Find("live") is { IsLastGood: true } entry ? entry : null), "the finding");
            Assert.Contains(gateway.Log.Lines, line => line.Contains("recipe.finding", StringComparison.Ordinal) && line.Contains("live.yaml(", StringComparison.Ordinal));
            using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "recipes", "live.yaml"), bad);
        await using (var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string>(), folder))
        {
            using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            await RunningGateway.EventuallyAsync(() => Task.FromResult(slack.Posted.Count == 2 ? slack : null), "the second message");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_broken_file_without_a_good_version_stops_neither_the_gateway_nor_other_recipes()
    {
        await using var slack = await FakeSlack.StartAsync();
        var recipes = new Dictionary<string, string>
        {
            ["live"] = Bodies.LiveRecipe,
            ["brackets"] = new string('[', 40 * 1024),
            ["bomb"] = string.Join('\n', Enumerable.Range(0, 30).Select(i => i == 0 ? "a0: &a0 [x,x,x,x,x,x,x,x,x,x]" : $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]")),
            ["binary"] = "\u0000\u0001\u0002",
            ["typo"] = Bodies.LiveRecipe.Replace("with:", "wiht:", StringComparison.Ordinal),
        };
        await using var gateway = await RunningGateway.StartAsync(slack.Address, recipes);
        Assert.All((string[])["brackets", "bomb", "binary", "typo"], id => Assert.NotEmpty(Book(gateway).Find(id)!.Findings));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
        Assert.Contains(row.Decisions, decision => decision is { RecipeId: "typo", Verdict: DecisionVerdict.RecipeBroken });
    }

    private static ConnectorHub.Recipes.RecipeBook Book(RunningGateway gateway) => gateway.Services.GetRequiredService<IRecipes>().Book;

    private static async Task<List<int>> PostUntilAsync(RunningGateway gateway, CancellationToken stop)
    {
        var statuses = new List<int>();
        while (!stop.IsCancellationRequested)
        {
            using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }
}
