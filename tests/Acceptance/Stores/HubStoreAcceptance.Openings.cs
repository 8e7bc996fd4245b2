using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private const string Later = "team/later";

    private static readonly EventWalk OfLater = new(Later, "meltingspot", ["member.joined"]);

    [Fact]
    public async Task A_run_is_opened_later_as_an_accept_would_have_and_the_first_decision_stays()
    {
        await AcceptAsync(Broken("evt_1"));

        Assert.Equal([new OpenResult.Opened("run_later1")], await Store.OpenRunsAsync([Opening("evt_1", 1, Now.AddMinutes(5))], Cancel));
        await ReopenAsync();

        var run = await RunAsync("run_later1");
        Assert.Equal(
            (RunState.Queued, 0, Later, Now.AddMinutes(5), Now.AddDays(1), Slack, "opened later by ana"),
            (run.State, run.Generation, run.RecipeId, run.DueAt, run.ReplayedAt, run.NextConnection, run.Note));
        Assert.Equal([BrokenThen, TakenLater], (await EventAsync("evt_1")).Decisions);
        Assert.Equal("opened for evt_1", Assert.Single(await Store.AuditAsync("run_later1", null, 10, Cancel)).Detail);
        Assert.Equal("name: later", await Store.RecipeTextAsync("hash-2", Cancel));
    }

    [Fact]
    public async Task Of_many_that_open_the_same_run_one_does_and_the_others_are_told_which()
    {
        await AcceptAsync(Broken("evt_1"));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.OpenRunsAsync([Opening("evt_1", i, Now)], Cancel)));

        var opened = Assert.Single(results.SelectMany(result => result).OfType<OpenResult.Opened>());
        Assert.All(results.SelectMany(result => result).OfType<OpenResult.HasRun>(), there => Assert.Equal(opened.RunId, there.RunId));
        Assert.Equal(19, results.SelectMany(result => result).OfType<OpenResult.HasRun>().Count());
        Assert.Equal(2, (await EventAsync("evt_1")).Decisions.Count);
        Assert.Single(await Store.AuditAsync(null, null, 50, Cancel));
    }

    [Fact]
    public async Task Of_one_batch_each_is_opened_by_itself_and_one_value_once()
    {
        await AcceptAsync(Broken("evt_1"));
        await AcceptAsync(Broken("evt_2"));
        await AcceptAsync(Broken("evt_3"));
        RunOpening Keyed(string eventId, int number) => Opening(eventId, number, Now) is var opening ? opening with { Run = opening.Run with { OncePerKey = "ada" } } : null!;

        var results = await Store.OpenRunsAsync([Keyed("evt_1", 1), Keyed("evt_2", 2), Opening("evt_gone", 3, Now), Opening("evt_3", 4, Now)], Cancel);

        Assert.Equal([new OpenResult.Opened("run_later1"), new OpenResult.KeyHeld("run_later1"), new OpenResult.EventGone(), new OpenResult.Opened("run_later4")], results);
        Assert.Equal([BrokenThen], (await EventAsync("evt_2")).Decisions);
    }

    [Fact]
    public async Task Runs_that_go_one_after_the_other_are_lined_up_in_the_order_they_are_opened()
    {
        await AcceptAsync(Broken("evt_1"));
        await AcceptAsync(Broken("evt_2"));
        RunOpening Ordered(string eventId, int number) => Opening(eventId, number, Now) is var opening ? opening with { Run = opening.Run with { OrderKey = "run/live" } } : null!;

        await Store.OpenRunsAsync([Ordered("evt_1", 1), Ordered("evt_2", 2)], Cancel);

        Assert.Equal(Now, (await RunAsync("run_later1")).DueAt);
        Assert.Null((await RunAsync("run_later2")).DueAt);
    }

    [Fact]
    public async Task A_walk_finds_each_event_without_a_run_once_in_order_however_many_pages_it_takes()
    {
        const int Events = 4_500;
        var ids = Enumerable.Range(0, Events).Select(i => $"evt_{i:D5}").ToList();
        await Task.WhenAll(ids.Select(id => Store.AcceptAsync(Deliver(Broken(id)), Cancel)));
        await Store.OpenRunsAsync([Opening("evt_00007", 7, Now), Opening("evt_04499", 8, Now)], Cancel);

        var (found, withRun, pages) = await WalkAsync(OfLater);

        Assert.Equal(ids.Where(id => id is not ("evt_00007" or "evt_04499")), found);
        Assert.Equal((2, 3), (withRun, pages));
    }

    [Fact]
    public async Task A_walk_takes_only_what_fits()
    {
        await AcceptAsync(Broken("evt_1") with { Body = Bytes("""{"name":"Ada L\u00f3"}""") });
        await AcceptAsync(Broken("evt_2") with { Type = "member.left" });
        await AcceptAsync(Broken("evt_3"), Now.AddHours(1));

        Assert.Equal(["evt_1"], (await WalkAsync(OfLater with { Text = "ada ló" })).Found);
        Assert.Equal(["evt_2"], (await WalkAsync(OfLater with { Types = ["member.left"] })).Found);
        Assert.Equal(["evt_1", "evt_2", "evt_3"], (await WalkAsync(OfLater with { Types = ["member.left", "member.joined"] })).Found);
        Assert.Equal(["evt_3"], (await WalkAsync(OfLater with { Since = Now.AddMinutes(1) })).Found);
        Assert.Equal(["evt_1"], (await WalkAsync(OfLater with { Until = Now.AddMinutes(1) })).Found);
        Assert.Empty((await WalkAsync(OfLater with { Connection = "other" })).Found);
        Assert.Empty((await WalkAsync(OfLater with { HookEvent = "member.joined" })).Found);
        Assert.Empty((await WalkAsync(OfLater with { Source = "spir" })).Found);
    }

    private static Decision BrokenThen => new(Later, "", DecisionVerdict.RecipeBroken, 4, "it has errors");

    private static Decision TakenLater => new(Later, "hash-2", DecisionVerdict.Taken, 3, "") { Later = new LaterDecision(Now.AddDays(1), "ana") };

    private static IncomingEvent Broken(string id) => Event(id) with { Decisions = [BrokenThen], Runs = [] };

    private static RunOpening Opening(string eventId, int number, DateTimeOffset due) => new(
        eventId,
        new PlannedRun($"run_later{number}", Later, "hash-2", "name: later", false, null, null, Slack, null),
        due,
        TakenLater,
        new AuditEntry($"act_later{number}", Now.AddDays(1), "ana", "replay", $"run_later{number}", "mended", $"opened for {eventId}"));

    private async Task<(IReadOnlyList<string> Found, int WithRun, int Pages)> WalkAsync(EventWalk walk)
    {
        var found = new List<string>();
        var (withRun, pages, after, end) = (0, 0, string.Empty, false);
        while (!end)
        {
            var page = await Store.WalkEventsAsync(walk, after, Cancel);
            found.AddRange(page.Without.Select(row => row.Id));
            (withRun, pages, after, end) = (withRun + page.WithRun, pages + 1, page.LastId, page.End);
        }

        return (found, withRun, pages);
    }
}
