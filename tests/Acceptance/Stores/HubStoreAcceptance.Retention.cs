using System.Globalization;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private static readonly DateTimeOffset Old = Now.AddDays(-100);

    [Fact]
    public async Task An_old_event_goes_with_its_runs_and_their_attempts()
    {
        await DoneAsync("evt_1", Old);
        await AcceptAsync(Event("evt_9"));

        var gone = await ForgetAsync();

        Assert.Equal(new Forgotten(1, 1, 1, 0), gone);
        Assert.Null(await Store.FindEventAsync("evt_1", Cancel));
        Assert.Null(await Store.FindRunAsync(RunOf("evt_1"), Cancel));
        Assert.Empty(await Store.AttemptsAsync(RunOf("evt_1"), Cancel));
        Assert.Equal((1L, 0L), ((await Store.CountsAsync(Now, Cancel)).Events, (await Store.CountsAsync(Now, Cancel)).Runs[RunState.Succeeded]));
        Assert.Equal(Forgotten.Nothing, await ForgetAsync());
    }

    [Theory]
    [InlineData(RunState.Queued, false)]
    [InlineData(RunState.Running, false)]
    [InlineData(RunState.Waiting, false)]
    [InlineData(RunState.Blocked, false)]
    [InlineData(RunState.Asking, false)]
    [InlineData(RunState.DeadLettered, false)]
    [InlineData(RunState.Succeeded, true)]
    [InlineData(RunState.Expired, true)]
    [InlineData(RunState.Cancelled, true)]
    public async Task Only_a_run_that_is_over_lets_its_event_go(RunState state, bool goes)
    {
        await AcceptAsync(Event("evt_1") with { Runs = [Planned("run_a"), Planned("run_b", "other")] }, Old);
        await EndAsync("run_a", RunState.Succeeded, Old);
        await EndAsync("run_b", state, Old);
        await AcceptAsync(Event("evt_9"));

        await ForgetAsync();

        Assert.Equal(goes, await Store.FindEventAsync("evt_1", Cancel) is null);
        Assert.Equal(goes ? 0 : 2, (await Store.ListRunsAsync(new RunQuery(EventId: "evt_1"), Cancel)).Count);
    }

    [Fact]
    public async Task A_run_that_ended_lately_keeps_its_old_event()
    {
        await AcceptAsync(Event("evt_1"), Old);
        await EndAsync(RunOf("evt_1"), RunState.Succeeded, Now.AddDays(-1));
        await AcceptAsync(Event("evt_9"));

        Assert.Equal(Forgotten.Nothing, await ForgetAsync());
    }

    [Fact]
    public async Task Events_without_a_run_have_a_time_of_their_own()
    {
        await DoneAsync("evt_1", Now.AddDays(-50));
        await AcceptAsync(Event("evt_2") with { Runs = [] }, Now.AddDays(-50));
        await AcceptAsync(Event("evt_3") with { Runs = [] }, Now.AddDays(-20));
        await AcceptAsync(Event("evt_9"));

        var gone = await ForgetAsync(unmatchedDays: 30);

        Assert.Equal(new Forgotten(1, 0, 0, 0), gone);
        Assert.Null(await Store.FindEventAsync("evt_2", Cancel));
    }

    [Fact]
    public async Task The_newest_event_of_each_connection_stays()
    {
        await DoneAsync("evt_1", Old);
        await DoneAsync("evt_2", Old);
        await Store.AcceptAsync(Deliver(Event("evt_3"), Event("evt_4")) with { Connection = "schedule/report", ReceivedAt = Old }, Cancel);
        await EndAsync(RunOf("evt_3"), RunState.Succeeded, Old);
        await EndAsync(RunOf("evt_4"), RunState.Succeeded, Old);

        Assert.Equal(2, (await ForgetAsync()).Events);
        Assert.Equal(["evt_4", "evt_2"], await ListedAsync(new EventQuery()));
    }

    [Fact]
    public async Task A_repetition_of_an_event_that_is_gone_is_still_a_duplicate_of_it()
    {
        await AcceptAsync(Event("evt_1", "key-1") with { Runs = [], DedupeUntil = Now.AddDays(1) }, Old);
        await AcceptAsync(Event("evt_2", "key-2") with { Runs = [], DedupeUntil = Now.AddDays(-1) }, Old);
        await AcceptAsync(Event("evt_9"));

        Assert.Equal(new Forgotten(2, 0, 0, 1), await ForgetAsync());

        Assert.Equal("evt_1", (await AcceptAsync(Event("evt_a", "key-1"))).DuplicateOf);
        Assert.Null((await AcceptAsync(Event("evt_b", "key-2"))).DuplicateOf);
    }

    [Fact]
    public async Task Once_per_keys_and_what_was_made_outlive_their_runs()
    {
        await DoneAsync("evt_1", Old, OncePer("evt_1", "ada"), new Made(Slack, "message", "welcome/ada", Bytes("{}"), Now.AddDays(300)));
        await DoneAsync("evt_2", Old, OncePer("evt_2", "bob", until: Now.AddDays(-70)), new Made(Slack, "message", "welcome/bob", Bytes("{}"), Now.AddDays(-1)));
        await AcceptAsync(Event("evt_8"));

        Assert.Equal(new Forgotten(2, 2, 2, 2), await ForgetAsync());

        Assert.Empty((await AcceptAsync(OncePer("evt_a", "ada"))).Runs);
        Assert.Single((await AcceptAsync(OncePer("evt_b", "bob"))).Runs);
        Assert.NotNull(await Store.RecallAsync("welcome/ada", Now, Cancel));
        Assert.Null(await Store.RecallAsync("welcome/bob", Now, Cancel));
    }

    [Fact]
    public async Task A_recipe_text_that_a_run_is_pinned_to_stays()
    {
        await DoneAsync("evt_1", Old);
        await AcceptAsync(Event("evt_9"));

        await ForgetAsync();

        Assert.Equal("name: welcome", await Store.RecipeTextAsync("hash-1", Cancel));
    }

    [Fact]
    public async Task Whoever_stops_between_two_steps_can_begin_again()
    {
        foreach (var i in Enumerable.Range(0, 700))
        {
            await AcceptAsync(Event($"evt_{i:d4}") with { Runs = [] }, Old);
        }

        await AcceptAsync(Event("evt_9"));
        var first = Forgotten.Nothing;
        await foreach (var few in Store.ForgetAsync(Kept(), Now, Cancel))
        {
            first = first.And(few);
            break;
        }

        await ReopenAsync();

        Assert.InRange(first.Events, 1, 500);
        Assert.Equal(first.Events, 701 - (await Store.CountsAsync(Now, Cancel)).Events);
        Assert.Equal(700 - first.Events, (await ForgetAsync()).Events);
        Assert.Equal("evt_9", Assert.Single(await ListedAsync(new EventQuery())));
    }

    [Fact]
    public async Task Runs_that_are_worked_on_while_old_events_go_are_never_touched()
    {
        var random = new Random(20_261_122);
        var kept = new Dictionary<string, RunState>();
        foreach (var i in Enumerable.Range(0, 400))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"evt_{i:d4}");
            var state = (RunState)random.Next(9);
            await AcceptAsync(Event(id), Old);
            await EndAsync(RunOf(id), state, Old);
            if (state is not (RunState.Succeeded or RunState.Expired or RunState.Cancelled))
            {
                kept[RunOf(id)] = state;
            }
        }

        await AcceptAsync(Event("evt_9"));
        // Between any two steps people let dead letters go on, and workers go on with what waits.
        await foreach (var _ in Store.ForgetAsync(Kept(), Now, Cancel))
        {
            foreach (var (run, state) in kept.Where(pair => pair.Value is RunState.Queued or RunState.Waiting).ToList().Take(3))
            {
                if (await ClaimAsync(run) is { } claimed)
                {
                    kept[run] = (RunState)random.Next(9);
                    await Store.ChangeRunAsync(To(claimed, kept[run]) with { DueAt = Now }, Cancel);
                }
            }
        }

        foreach (var (id, state) in kept)
        {
            var run = await RunAsync(id);
            Assert.Equal(state, run.State);
            await EventAsync(run.EventId);
        }

        Assert.Equal(kept.Count + 1, (await Store.CountsAsync(Now, Cancel)).Events);
    }

    [Fact]
    public async Task Events_are_accepted_while_old_ones_go()
    {
        foreach (var i in Enumerable.Range(0, 600))
        {
            await AcceptAsync(Event($"evt_{i:d4}") with { Runs = [] }, Old);
        }

        await AcceptAsync(Event("evt_w"));
        var accepting = Task.WhenAll(Enumerable.Range(0, 600).Select(i => AcceptAsync(Event($"evt_x{i:d4}", $"key-{i}"))));
        var gone = await ForgetAsync();
        await accepting;

        Assert.Equal(600, gone.Events);
        Assert.Equal(601, (await Store.CountsAsync(Now, Cancel)).Events);
    }

    private static KeptSince Kept(int unmatchedDays = 90) => new(Now.AddDays(-90), Now.AddDays(-unmatchedDays));

    private async Task<Forgotten> ForgetAsync(int unmatchedDays = 90)
    {
        var gone = Forgotten.Nothing;
        await foreach (var few in Store.ForgetAsync(Kept(unmatchedDays), Now, Cancel))
        {
            gone = gone.And(few);
        }

        return gone;
    }

    /// <summary>An event whose run did one step and has succeeded.</summary>
    private async Task DoneAsync(string id, DateTimeOffset at, IncomingEvent? incoming = null, Made? made = null)
    {
        await AcceptAsync(incoming ?? Event(id), at);
        var run = (await ClaimAsync(RunOf(id)))!;
        Assert.True(await Store.BeginAttemptAsync(Intent(run), Cancel));
        Assert.True(await Store.EndAttemptAsync(Result(run) with { Made = made }, To(run, RunState.Succeeded) with { Now = at }, Cancel));
    }

    private async Task EndAsync(string run, RunState state, DateTimeOffset at)
    {
        if (state != RunState.Queued)
        {
            await Store.ChangeRunAsync(To((await ClaimAsync(run))!, state) with { Now = at, DueAt = state == RunState.Waiting ? Old : null }, Cancel);
        }
    }
}
