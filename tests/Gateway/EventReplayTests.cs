using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Runs for events that led to none, through the admin API.</summary>
public partial class EventReplayTests
{
    private static readonly string Broken = Bodies.LiveRecipe.Replace("post-message", "post-mesage", StringComparison.Ordinal);

    [Fact]
    public async Task An_event_that_met_a_broken_recipe_is_taken_when_it_is_mended_once_and_both_are_told()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["live"] = Broken });
        var id = await TakeAsync(gateway, Bodies.LiveStarted);
        Assert.Contains("live.yaml has errors, and no version of it ever worked. Mend it first", await gateway.RefusalAsync($"api/events/{id}/replay", new EventReplayBody("live")), StringComparison.Ordinal);
        await MendAsync(gateway, "live", Bodies.LiveRecipe);

        // Two at once, and once more later: one run.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gateway.ActAsync<List<EventOpening>>($"api/events/{id}/replay", new EventReplayBody("live", Why: "mended"))));
        var opened = Assert.Single(answers.SelectMany(answer => answer), one => one.Opened);
        Assert.All(answers.SelectMany(answer => answer), one => Assert.Equal(opened.Run, one.Run));
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.Equal(opened.Run, Assert.Single(await gateway.ActAsync<List<EventOpening>>($"api/events/{id}/replay", new EventReplayBody())).Run);

        Assert.Single(slack.Posted);
        var entry = Assert.Single(await gateway.Store.AuditAsync(opened.Run, null, 10, CancellationToken.None));
        Assert.Equal(("token first", "replay", "mended", $"opened for {id}, recipe as it is"), (entry.Who, entry.Act, entry.Why, entry.Detail));
        const string History = "  <time>  when it came: recipe broken: the file has errors and no version of it ever worked; see 'check'\n  <time>  by token first: taken\n";
        Assert.Contains("\nTaken: a run was opened.\n" + History + "  <run>  live  Succeeded", await WhyAsync(gateway, id), StringComparison.Ordinal);
        Assert.Contains("\n\nlive.yaml\n" + History, await ShowAsync(gateway, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_all_events_those_the_recipe_wants_are_opened_in_order_and_the_others_are_counted_by_line()
    {
        const string OncePerLive = "version: 1\nname: Later\nwhen: { source: meltingspot, event: live.updated }\nif: event.live.status is Live\nonce_per: \"{{ event.live.id }}\"\nsteps:\n  - { id: post, use: slack.post-message, with: { channel: C1, text: \"{{ event.live.id }}\" } }\n";
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string>());
        var started = new List<string>();
        foreach (var live in new[] { "a", "b", "a", "c" })
        {
            started.Add(await TakeAsync(gateway, Bodies.LiveStarted.Replace("9d1c", live, StringComparison.Ordinal)));
        }

        var planned = await TakeAsync(gateway, Bodies.LivePlanned);
        await TakeAsync(gateway, Bodies.LiveStarted, "member.created");
        await MendAsync(gateway, "later", OncePerLive);
        var filter = new EventsFilterBody("later");

        var look = await gateway.ActAsync<OpenedEvents>("api/events/replays", new EventsReplayBody(filter, Only: true));
        Assert.Equal((4, 0), (look.Opened, look.HadRun));
        Assert.Equal(started, look.First);
        Assert.Empty(await gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "later"), CancellationToken.None));

        var first = await gateway.ActAsync<OpenedEvents>("api/events/replays", new EventsReplayBody(filter, Limit: 1));
        Assert.Equal((1, true), (first.Opened, first.More));
        var total = await gateway.ActAsync<OpenedEvents>("api/events/replays", new EventsReplayBody(filter));
        Assert.Equal((2, 1, false), (total.Opened, total.HadRun, total.More));
        Assert.Equal([started[1], started[3]], total.First);
        await RunningGateway.EventuallyAsync(async () => slack.Posted.Count == 3 ? await Task.FromResult("sent") : null, "three messages");

        Assert.Equal(
            $"2 runs are opened.\n  1 event had a run of it\n  not 1 event ({started[2]}): already done: <run> holds the once_per key\n"
            + $"  later.yaml line 4 does not take 1 event ({planned}): event.live.status is Live: value was \"Planned\"\n",
            Printed(output => EventReplayCommand.Print(output, total, "later", false, string.Empty)));
        var last = await gateway.ActAsync<OpenedEvents>("api/events/replays", new EventsReplayBody(filter));
        Assert.Equal((0, 3), (last.Opened, last.HadRun));
        Assert.Equal(3, slack.Posted.Count);
    }

    [Fact]
    public async Task Opened_runs_begin_when_and_as_fast_as_a_person_says()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string>());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await TakeAsync(gateway, Bodies.LiveStarted);
        }

        await MendAsync(gateway, "live", Bodies.LiveRecipe);
        var at = TimeProvider.System.GetUtcNow().AddHours(2);
        await gateway.ActAsync<OpenedEvents>("api/events/replays", new EventsReplayBody(new EventsFilterBody("live", Hook: "spot/live.updated"), at, 0.5));

        var due = (await gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "live"), CancellationToken.None)).Select(run => Math.Round((run.DueAt!.Value - at).TotalSeconds, 3)).Order();
        Assert.Equal([0.0, 2.0, 4.0], due);
    }

    [Fact]
    public async Task A_test_event_is_rehearsed_unless_its_hook_says_otherwise()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string>());
        var id = await TakeAsync(gateway, Bodies.LiveStarted.Replace("{\"live\"", "{\"test\":true,\"live\"", StringComparison.Ordinal));
        await MendAsync(gateway, "live", Bodies.LiveRecipe);

        await gateway.ActAsync<List<EventOpening>>($"api/events/{id}/replay", new EventReplayBody());

        Assert.True((await gateway.RunAsync("live", row => row.State == RunState.Succeeded)).Rehearsal);
        Assert.Empty(slack.Posted);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        var id = await TakeAsync(gateway, Bodies.LivePlanned);
        var none = await TakeAsync(gateway, Bodies.LivePlanned, "member.created");

        Assert.Equal(
            new EventOpening("live", false, null, "does not take it, line 4: event.live.status is Live: value was \"Planned\""),
            Assert.Single(await gateway.ActAsync<List<EventOpening>>($"api/events/{id}/replay", new EventReplayBody())));
        Assert.Equal(
            "does not take it, line 3: it waits for meltingspot / live.updated",
            Assert.Single(await gateway.ActAsync<List<EventOpening>>($"api/events/{none}/replay", new EventReplayBody("live"))).Note);
        Assert.Equal($"No recipe waits for meltingspot / member.created. See: connectorhub why {none}", await gateway.RefusalAsync($"api/events/{none}/replay", new EventReplayBody()));
        Assert.Equal("There is no recipe 'lives'. Did you mean 'live'? There are: live.", await gateway.RefusalAsync($"api/events/{id}/replay", new EventReplayBody("lives")));
        Assert.Equal(
            "recipes/live.yaml waits for meltingspot / live.updated, so no event of type 'member.created' can be its own.",
            await gateway.RefusalAsync("api/events/replays", new EventsReplayBody(new EventsFilterBody("live", Type: "member.created"))));
        using var unknown = await gateway.SendAdminAsync("api/events/evt_nobody/replay", new EventReplayBody());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var limit = await gateway.SendAdminAsync("api/events/replays", new EventsReplayBody(new EventsFilterBody("live"), Limit: 0));
        Assert.Equal(HttpStatusCode.BadRequest, limit.StatusCode);
    }

    private static async Task<string> TakeAsync(RunningGateway gateway, string body, string type = "live.updated")
    {
        using var answer = await gateway.PostAsync(type, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await gateway.Store.ListEventsAsync(new EventQuery(Limit: 1), CancellationToken.None))[0].Id;
    }

    private static async Task MendAsync(RunningGateway gateway, string recipe, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "recipes", $"{recipe}.yaml"), text);
        await RunningGateway.EventuallyAsync(async () => (await gateway.GetAsync("api/recipes")).Contains("\"state\":\"live\"", StringComparison.Ordinal) ? "mended" : null, "the mended recipe");
    }

    private static async Task<string> WhyAsync(RunningGateway gateway, string id)
    {
        var found = JsonSerializer.Deserialize<WhyFound>(await gateway.GetAsync($"api/why?text={id}"), AdminClient.Readable)!;
        return Printed(output => new FoundPrinter(output, new Printer(output)).Why(id, found));
    }

    private static async Task<string> ShowAsync(RunningGateway gateway, string id)
    {
        var detail = JsonSerializer.Deserialize<EventDetail>(await gateway.GetAsync($"api/events/{id}"), AdminClient.Readable)!;
        return Printed(output => new Printer(output).Event(detail));
    }

    private static string Printed(Action<TextWriter> print)
    {
        using var page = new StringWriter { NewLine = "\n" };
        print(page);
        return Moment().Replace(Run().Replace(page.ToString(), "<run>"), "<time>");
    }

    [GeneratedRegex("run_[0-9A-Z]{26}")]
    private static partial Regex Run();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();
}
