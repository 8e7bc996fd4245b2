using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task Dead_letters_are_noted_by_cause_until_they_are_taken_note_of()
    {
        await DieAsync("evt_1", "post", "channel_not_found", Now.AddSeconds(1));
        await DieAsync("evt_2", "post", "channel_not_found", Now.AddSeconds(3));
        await DieAsync("evt_3", "row", "no_sheet", Now.AddSeconds(2));

        var untold = await Store.UntoldAsync(100, Cancel);

        Assert.Equal(
            [
                new CauseGroup(RunState.DeadLettered, Slack, Recipe, "post", "channel_not_found", 2, Now.AddSeconds(1), Now.AddSeconds(3), RunOf("evt_2"), "It failed."),
                new CauseGroup(RunState.DeadLettered, Slack, Recipe, "row", "no_sheet", 1, Now.AddSeconds(2), Now.AddSeconds(2), RunOf("evt_3"), "It failed."),
            ],
            untold.Groups);
        await Store.TellAsync(new Telling([], [], [], untold.UpTo), Cancel);
        Assert.Null((await Store.UntoldAsync(100, Cancel)).UpTo);
    }

    [Fact]
    public async Task What_dies_after_the_look_is_left_for_the_next_one()
    {
        await DieAsync("evt_1", "post", "x", Now);
        var first = await Store.UntoldAsync(100, Cancel);
        await DieAsync("evt_2", "post", "x", Now);

        await Store.TellAsync(new Telling([], [], [], first.UpTo), Cancel);

        Assert.Equal(RunOf("evt_2"), Assert.Single((await Store.UntoldAsync(100, Cancel)).Groups).NewestRun);
    }

    [Fact]
    public async Task A_look_takes_the_oldest_of_many_and_a_replayed_run_is_none_any_more()
    {
        await DieAsync("evt_1", "post", "x", Now);
        await DieAsync("evt_2", "post", "x", Now);
        await DieAsync("evt_3", "post", "x", Now);
        var entry = new AuditEntry("aud_1", Now, "ana", "cancel", RunOf("evt_1"), "known", "");
        await Store.ActAsync(new RunAct.Cancel(RunOf("evt_1"), entry), Cancel);

        var untold = await Store.UntoldAsync(2, Cancel);

        Assert.Equal((1L, RunOf("evt_2")), (Assert.Single(untold.Groups).Runs, untold.Groups[0].NewestRun));
    }

    [Fact]
    public async Task A_run_born_dead_is_noted_and_rehearsals_and_runs_of_the_hubs_own_events_are_not()
    {
        var error = new RunError("when", "match", "It failed.");
        await AcceptAsync(Event("evt_1") with { Runs = [Planned(RunOf("evt_1")) with { Error = error }] });
        await AcceptAsync(Event("evt_2") with { Runs = [Planned(RunOf("evt_2")) with { Error = error, Rehearsal = true }] });
        await AcceptAsync(Event("evt_3") with { Source = "hub", Runs = [Planned(RunOf("evt_3")) with { Error = error }] });
        await AcceptAsync(Event("evt_4") with { Source = "hub" });
        var own = await ClaimAsync(RunOf("evt_4"));
        await Store.ChangeRunAsync(To(own!, RunState.DeadLettered) with { Error = error, Notice = new NoticeRun("run_told", Slack, Bytes("{}"), default) }, Cancel);
        var notice = await ClaimAsync("run_told");
        await Store.ChangeRunAsync(To(notice!, RunState.DeadLettered) with { Error = error }, Cancel);

        Assert.Equal(RunOf("evt_1"), Assert.Single((await Store.UntoldAsync(100, Cancel)).Groups).NewestRun);
    }

    [Fact]
    public async Task What_is_told_and_what_is_remembered_of_it_are_one_transaction()
    {
        await DieAsync("evt_1", "post", "x", Now);
        var row = new TellingRow("hub.run.dead-lettered", "/a", "", 0, null, Now, Bytes("""{"recipe":"a"}"""));
        var delivery = new Delivery("hub", "hub.run.dead-lettered", Now, [Event("evt_2", "key-1") with { Source = "hub", Type = "hub.run.dead-lettered" }]);
        var upTo = (await Store.UntoldAsync(100, Cancel)).UpTo;

        var told = await Store.TellAsync(new Telling([delivery], [row], [], upTo), Cancel);
        await ReopenAsync();

        Assert.Equal([RunOf("evt_2")], Assert.Single(told).Runs);
        var kept = Assert.Single(await Store.TellingsAsync(Cancel));
        Assert.Equal((row.Cause, row.ToldAt, """{"recipe":"a"}"""), (kept.Cause, kept.ToldAt, Text(kept.Facts)));
        Assert.Null((await Store.UntoldAsync(100, Cancel)).UpTo);

        // The same once more changes nothing but the count; a transaction that fails leaves all as it was.
        Assert.Equal("evt_2", Assert.Single(await Store.TellAsync(new Telling([delivery with { Events = [delivery.Events[0] with { Id = "evt_3" }] }], [], [], null), Cancel)).DuplicateOf);
        var wrong = delivery with { Events = [Event("evt_2") with { Source = "hub" }] };
        await Assert.ThrowsAnyAsync<Exception>(() => Store.TellAsync(new Telling([wrong], [row with { Cause = "/b" }], [("hub.run.dead-lettered", "/a")], null), Cancel));
        Assert.Equal("/a", Assert.Single(await Store.TellingsAsync(Cancel)).Cause);

        await Store.TellAsync(new Telling([], [row with { Waiting = 3, Since = Now }], [], null), Cancel);
        Assert.Equal((3L, (DateTimeOffset?)Now), (Assert.Single(await Store.TellingsAsync(Cancel)).Waiting, (await Store.TellingsAsync(Cancel))[0].Since));
        await Store.TellAsync(new Telling([], [], [("hub.run.dead-lettered", "/a")], null), Cancel);
        Assert.Empty(await Store.TellingsAsync(Cancel));
    }

    [Fact]
    public async Task Runs_that_go_to_a_connection_next_are_counted_while_nobody_holds_them()
    {
        await Store.AcceptAsync(Deliver(Event("evt_1"), Event("evt_2"), Event("evt_3")), Cancel);
        await DieAsync("evt_4", "post", "x", Now);
        await ClaimAsync(RunOf("evt_1"));
        var later = await ClaimAsync(RunOf("evt_2"));
        await Store.ChangeRunAsync(To(later!, RunState.Waiting) with { DueAt = Now.AddHours(2) }, Cancel);

        Assert.Equal(2, await Store.CountWaitingAsync(Slack, Cancel));
        Assert.Equal(0, await Store.CountWaitingAsync("hubspot", Cancel));
    }

    private async Task DieAsync(string eventId, string step, string code, DateTimeOffset at)
    {
        var run = await ClaimNewAsync(eventId);
        Assert.True(await Store.ChangeRunAsync(To(run, RunState.DeadLettered) with { Now = at, Error = new RunError(step, code, "It failed.") }, Cancel));
    }
}
