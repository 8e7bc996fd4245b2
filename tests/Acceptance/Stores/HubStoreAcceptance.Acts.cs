using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private static readonly RecipeVersionRef Version = new("hash-2", "name: welcome, better");

    [Fact]
    public async Task A_dead_letter_goes_on_where_it_failed_with_fresh_tries_and_is_audited()
    {
        var dead = await DeadAsync("evt_1");

        var answer = await Store.ActAsync(Resume(dead), Cancel);

        Assert.Equal(new ActResult.Done(dead.Id, string.Empty), answer);
        var run = await RunAsync(dead.Id);
        Assert.Equal((RunState.Queued, 1, 0, "hash-2"), (run.State, run.StepIndex, run.StepTries, run.RecipeHash));
        Assert.Equal((Now.AddHours(1), Now.AddHours(1), null), (run.DueAt, run.ReplayedAt, run.FinishedAt));
        Assert.Equal(Version.Text, await Store.RecipeTextAsync("hash-2", Cancel));
        var entry = Assert.Single(await Store.AuditAsync(dead.Id, null, 10, Cancel));
        Assert.Equal(("ana", "replay", "Slack is back"), (entry.Who, entry.Act, entry.Why));
        Assert.NotNull(await ClaimAsync(dead.Id, Now.AddHours(1)));
    }

    [Fact]
    public async Task Done_twice_an_act_is_done_once()
    {
        var dead = await DeadAsync("evt_1");
        await Store.ActAsync(Resume(dead), Cancel);

        Assert.Equal(new ActResult.NotNow(RunState.Queued, null), await Store.ActAsync(Resume(dead), Cancel));

        Assert.Single(await Store.AuditAsync(null, null, 10, Cancel));
    }

    [Fact]
    public async Task A_run_in_the_place_of_another_keeps_what_is_done_and_the_old_one_is_a_dead_letter_no_more()
    {
        var dead = await DeadAsync("evt_1", doneFirst: true);

        var answer = await Store.ActAsync(Restart(dead), Cancel);

        Assert.Equal("run_new", Assert.IsType<ActResult.Done>(answer).RunId);
        var run = await RunAsync("run_new");
        Assert.Equal((dead.EventId, dead.RecipeId, 1, 0), (run.EventId, run.RecipeId, run.Generation, run.EffectGeneration));
        Assert.Equal((RunState.Queued, 0, 1, """{"row":{}}"""), (run.State, run.StepIndex, run.Attempts, Text(run.Outputs)));
        var kept = Assert.Single(await Store.AttemptsAsync("run_new", Cancel));
        Assert.Equal(("row", AttemptState.Done, 1), (kept.StepId, kept.State, kept.Number));
        var old = await RunAsync(dead.Id);
        Assert.Equal((RunState.Cancelled, "run_new", "replayed as run_new"), (old.State, old.ReplayedAs, old.Note));
        Assert.Equal(new ActResult.NotNow(RunState.Cancelled, "run_new"), await Store.ActAsync(Restart(dead) with { NewRunId = "run_other" }, Cancel));
        Assert.Equal(new ActResult.NotNow(RunState.Cancelled, "run_new"), await Store.ActAsync(Resume(dead), Cancel));
    }

    [Fact]
    public async Task Only_again_raises_the_generation_of_effects()
    {
        var dead = await DeadAsync("evt_1", doneFirst: true);

        await Store.ActAsync(Restart(dead) with { Again = true, TakenOver = [], Outputs = default }, Cancel);

        Assert.Equal((1, 0), ((await RunAsync("run_new")).EffectGeneration, (await RunAsync("run_new")).Attempts));
        Assert.Empty(await Store.AttemptsAsync("run_new", Cancel));
    }

    [Fact]
    public async Task A_replay_takes_its_once_per_key_again_or_goes_past_the_one_who_has_it_and_says_so()
    {
        var first = await DeadOfAsync(OncePer("evt_1", "m-1"));
        var second = await DeadOfAsync(OncePer("evt_2", "m-1"));

        Assert.Equal(string.Empty, Assert.IsType<ActResult.Done>(await Store.ActAsync(Resume(first), Cancel)).Note);
        var note = Assert.IsType<ActResult.Done>(await Store.ActAsync(Resume(second), Cancel)).Note;

        Assert.Equal($"once_per: {first.Id} has the same value; the replay goes past it", note);
        Assert.Equal(DecisionVerdict.AlreadyDone, Assert.Single((await EventOfAsync(OncePer("evt_3", "m-1"))).Decisions).Verdict);
    }

    [Fact]
    public async Task A_replay_goes_to_the_end_of_its_line()
    {
        var first = await DeadOfAsync(InLine("evt_1"));
        await AcceptAsync(InLine("evt_2"));
        await AcceptAsync(InLine("evt_3"));

        await Store.ActAsync(Resume(first), Cancel);

        Assert.Equal([RunOf("evt_2")], await Store.DueRunsAsync(Now.AddHours(2), 10, Cancel));
        await FinishAsync(RunOf("evt_2"));
        await FinishAsync(RunOf("evt_3"));
        Assert.Equal([first.Id], await Store.DueRunsAsync(Now.AddHours(2), 10, Cancel));
    }

    [Fact]
    public async Task A_strict_dead_letter_that_goes_on_or_is_given_up_lets_its_line_go_on()
    {
        var first = await DeadOfAsync(InLine("evt_1", strict: true));
        await AcceptAsync(InLine("evt_2", strict: true));
        Assert.Empty(await Store.DueRunsAsync(Now.AddHours(2), 10, Cancel));

        Assert.IsType<ActResult.Done>(await Store.ActAsync(new RunAct.Cancel(first.Id, Entry("cancel", first.Id)), Cancel));

        Assert.Equal([RunOf("evt_2")], await Store.DueRunsAsync(Now.AddHours(2), 10, Cancel));
        var cancelled = await RunAsync(first.Id);
        Assert.Equal((RunState.Cancelled, "cancelled by ana: Slack is back"), (cancelled.State, cancelled.Note));
    }

    [Theory]
    [InlineData(RunState.Queued, true)]
    [InlineData(RunState.Waiting, true)]
    [InlineData(RunState.Blocked, true)]
    [InlineData(RunState.Asking, true)]
    [InlineData(RunState.DeadLettered, true)]
    [InlineData(RunState.Running, false)]
    [InlineData(RunState.Succeeded, false)]
    [InlineData(RunState.Expired, false)]
    public async Task What_has_not_ended_and_is_not_at_work_can_be_given_up(RunState state, bool can)
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, state) with { DueAt = Now.AddMinutes(1) }, Cancel);

        var answer = await Store.ActAsync(new RunAct.Cancel(run.Id, Entry("cancel", run.Id)), Cancel);

        Assert.Equal(can ? new ActResult.Done(run.Id, string.Empty) : new ActResult.NotNow(state, null), answer);
        Assert.Equal(can ? RunState.Cancelled : state, (await RunAsync(run.Id)).State);
    }

    [Theory]
    [InlineData(true, AttemptState.Done, 1)]
    [InlineData(false, AttemptState.Failed, 0)]
    public async Task A_doubt_is_settled_as_a_person_says(bool happened, AttemptState state, int step)
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(run), Cancel);
        await Store.ChangeRunAsync(To(run, RunState.Asking) with { Error = new RunError("post", "unconfirmed", "?") }, Cancel);

        var answer = await Store.ActAsync(new RunAct.Decide(run.Id, "post", happened, step, happened ? Bytes("""{"post":{}}""") : null, Entry("decide", run.Id)), Cancel);

        Assert.Equal(new ActResult.Done(run.Id, string.Empty), answer);
        Assert.Equal(state, Assert.Single(await Store.AttemptsAsync(run.Id, Cancel)).State);
        var after = await RunAsync(run.Id);
        Assert.Equal((RunState.Queued, step, null), (after.State, after.StepIndex, after.Error));
        Assert.Equal(new ActResult.NotNow(RunState.Queued, null), await Store.ActAsync(new RunAct.Decide(run.Id, "post", happened, step, null, Entry("decide", run.Id)), Cancel));
    }

    [Fact]
    public async Task Runs_that_wait_for_a_person_are_grouped_by_cause_and_found_by_any_of_it()
    {
        await DeadAsync("evt_1", "gone");
        await DeadAsync("evt_2", "gone");
        await DeadAsync("evt_3", "denied");
        await OpenRunAsync("evt_4");

        var groups = await Store.CausesAsync(new RunFilter(), Cancel);

        Assert.Equal(
            [(2L, "gone", "post", Slack, RunOf("evt_2")), (1L, "denied", "post", Slack, RunOf("evt_3"))],
            groups.Select(group => (group.Runs, group.Code, group.Step, group.Connection, group.NewestRun)));
        Assert.Equal("It says gone.", groups[0].Message);
        Assert.Equal([RunOf("evt_3")], await Store.FindRunsAsync(new RunFilter(Code: "denied"), Cancel));
        Assert.Equal([RunOf("evt_2")], await Store.FindRunsAsync(new RunFilter(Text: "EVT_2"), Cancel));
        Assert.Equal(3, (await Store.FindRunsAsync(new RunFilter(Connection: Slack, Source: "meltingspot", Step: "post", RecipeId: Recipe, Text: "ada"), Cancel)).Count);
        Assert.Empty(await Store.FindRunsAsync(new RunFilter(Text: "a%a"), Cancel));
        Assert.Empty(await Store.FindRunsAsync(new RunFilter(Since: Now.AddDays(1)), Cancel));
        Assert.Empty(await Store.FindRunsAsync(new RunFilter(Until: Now), Cancel));
        Assert.Equal([RunOf("evt_1")], await Store.FindRunsAsync(new RunFilter(Limit: 1), Cancel));
        Assert.Equal([RunOf("evt_4")], await Store.FindRunsAsync(new RunFilter([RunState.Queued]), Cancel));
        Assert.Empty(await Store.FindRunsAsync(new RunFilter { Rehearsal = true }, Cancel));
    }

    [Fact]
    public async Task Nobody_is_acted_on_who_is_not_there()
    {
        Assert.Equal(new ActResult.Unknown(), await Store.ActAsync(new RunAct.Cancel("run_nobody", Entry("cancel", "run_nobody")), Cancel));
        Assert.Empty(await Store.AuditAsync(null, null, 10, Cancel));
    }

    [Fact]
    public async Task The_audit_is_listed_newest_first_page_by_page()
    {
        foreach (var place in Enumerable.Range(1, 3))
        {
            await Store.NoteAsync(Entry("release", "slack-acme") with { Id = $"act_{place}" }, Cancel);
        }

        Assert.Equal(["act_3", "act_2"], (await Store.AuditAsync("slack-acme", null, 2, Cancel)).Select(entry => entry.Id));
        Assert.Equal(["act_1"], (await Store.AuditAsync(null, "act_2", 2, Cancel)).Select(entry => entry.Id));
    }

    private static AuditEntry Entry(string act, string target) => new($"act_{act}_{target}", Now.AddHours(1), "ana", act, target, "Slack is back", "");

    private static RunAct.Resume Resume(RunRow run) => new(run.Id, Version, 1, false, Now.AddHours(1), null, Entry("replay", run.Id));

    private static RunAct.Restart Restart(RunRow run) =>
        new(run.Id, "run_new", Version, ["row", "post"], Bytes("""{"row":{}}"""), false, false, Slack, Now.AddHours(1), null, Entry("replay", run.Id));

    private static IncomingEvent InLine(string id, bool strict = false)
    {
        var incoming = Event(id);
        return incoming with { Runs = [incoming.Runs[0] with { OrderKey = "line", OrderStrict = strict }] };
    }

    private async Task<RunRow> DeadAsync(string eventId, string code = "gone", bool doneFirst = false)
    {
        var run = await ClaimNewAsync(eventId);
        var number = 1;
        if (doneFirst)
        {
            await Store.BeginAttemptAsync(Intent(run) with { StepId = "row" }, Cancel);
            await Store.EndAttemptAsync(Result(run), To(run, RunState.Running) with { StepIndex = 1 }, Cancel);
            number++;
        }

        await Store.BeginAttemptAsync(Intent(run, number), Cancel);
        var end = To(run, RunState.DeadLettered) with { StepIndex = 1, StepTries = 5, Error = new RunError("post", code, $"It says {code}.") };
        await Store.EndAttemptAsync(Result(run, AttemptState.Failed, number), end, Cancel);
        return await RunAsync(run.Id);
    }

    private async Task<RunRow> DeadOfAsync(IncomingEvent incoming)
    {
        var run = await ClaimAsync(Assert.Single((await AcceptAsync(incoming)).Runs));
        await Store.ChangeRunAsync(To(run!, RunState.DeadLettered) with { Error = new RunError("post", "gone", "It is gone.") }, Cancel);
        return await RunAsync(run!.Id);
    }

    private async Task<EventRow> EventOfAsync(IncomingEvent incoming)
    {
        await AcceptAsync(incoming);
        return await EventAsync(incoming.Id);
    }

    private async Task FinishAsync(string runId)
    {
        var run = await ClaimAsync(runId, Now.AddHours(2));
        await Store.ChangeRunAsync(To(run!, RunState.Succeeded), Cancel);
    }
}
