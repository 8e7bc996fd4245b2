using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Hooks;

public class LearnTests
{
    [Fact]
    public async Task A_learning_hook_keeps_what_arrives_and_asks_no_recipe()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        gateway.Services.GetRequiredService<LearnBook>().Begin("spot/live.updated");

        using var learned = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        Assert.Equal(HttpStatusCode.OK, learned.StatusCode);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
        Assert.Equal([("live", DecisionVerdict.Learning)], row.Decisions.Select(d => (d.RecipeId, d.Verdict)));
        Assert.Empty(await gateway.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));

        gateway.Services.GetRequiredService<LearnBook>().End("spot/live.updated");
        using var after = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", run => run.State == RunState.Succeeded);
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task A_learning_hook_still_refuses_what_is_not_signed()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        gateway.Services.GetRequiredService<LearnBook>().Begin("spot/live.updated");

        using var answer = await gateway.Http.PostAsync("/hooks/spot/live.updated", new StringContent(Bodies.LiveStarted));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(LearnBook.MostEvents, Assert.Single(gateway.Services.GetRequiredService<LearnBook>().Current).Left);
    }

    [Fact]
    public async Task The_admin_api_starts_shows_and_ends_a_lesson()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        using var unknown = await gateway.Admin.PostAsync("api/learn?hook=nobody", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        using var begun = await gateway.Admin.PostAsync("api/learn?hook=spot/live.updated", null);
        var lesson = await begun.Content.ReadFromJsonAsync<Lesson>();
        using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        using var elsewhere = await gateway.PostAsync("member.created", Bodies.LiveStarted);

        var since = Uri.EscapeDataString(lesson!.Since.ToString("O"));
        var events = await gateway.Admin.GetFromJsonAsync<JsonElement>($"api/learn/events?hook=spot/live.updated&since={since}");
        Assert.Equal("Live", Assert.Single(events.EnumerateArray()).GetProperty("body").GetProperty("live").GetProperty("status").GetString());
        using var ended = await gateway.Admin.PostAsync("api/learn/end?hook=spot/live.updated", null);
        using var again = await gateway.Admin.PostAsync("api/learn/end?hook=spot/live.updated", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (ended.StatusCode, again.StatusCode));
    }
}
