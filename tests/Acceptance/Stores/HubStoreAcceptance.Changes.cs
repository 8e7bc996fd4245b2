using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task A_change_sets_every_member_it_names()
    {
        var run = await ClaimNewAsync("evt_1");
        var change = new RunChange(run.Id, run.Epoch, RunState.Waiting, 2, 3, Now)
        {
            DueAt = Now.AddMinutes(2),
            NextConnection = "google-marketing",
            Lets = Bytes("""{"a":1}"""),
            Outputs = Bytes("""{"post":{}}"""),
            Error = new RunError("post", "503", "Later."),
            Note = "retry 3",
            Deaths = 2,
        };

        Assert.True(await Store.ChangeRunAsync(change, Cancel));

        var after = await RunAsync(run.Id);
        Assert.Equal((RunState.Waiting, 2, 3, 2), (after.State, after.StepIndex, after.StepTries, after.Deaths));
        Assert.Equal((Now.AddMinutes(2), "google-marketing", "retry 3"), (after.DueAt!.Value, after.NextConnection, after.Note));
        Assert.Equal(("""{"a":1}""", """{"post":{}}"""), (Text(after.Lets), Text(after.Outputs)));
        Assert.Equal(change.Error, after.Error);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var run = await ClaimNewAsync("evt_1");
        var full = To(run, RunState.Running) with
        {
            DueAt = Now.AddMinutes(2),
            Lets = Bytes("{}"),
            Outputs = Bytes("[]"),
            Error = new RunError("post", "503", "Later."),
            Note = "n",
            Deaths = 2,
        };
        await Store.ChangeRunAsync(full, Cancel);
        var before = await RunAsync(run.Id);

        await Store.ChangeRunAsync(To(run, RunState.Running), Cancel);

        var after = await RunAsync(run.Id);
        Assert.Equal(before, after with { Lets = before.Lets, Outputs = before.Outputs });
        Assert.Equal(("{}", "[]"), (Text(after.Lets), Text(after.Outputs)));
    }

    [Fact]
    public async Task A_running_run_keeps_its_lease_unless_the_change_moves_it()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Running), Cancel);
        Assert.Empty(await Store.DueRunsAsync(Now.AddSeconds(59), 10, Cancel));
        Assert.Single(await Store.DueRunsAsync(Now.AddSeconds(60), 10, Cancel));

        await Store.ChangeRunAsync(To(run, RunState.Running) with { LeaseUntil = Now.AddSeconds(90) }, Cancel);

        Assert.Empty(await Store.DueRunsAsync(Now.AddSeconds(89), 10, Cancel));
        Assert.Single(await Store.DueRunsAsync(Now.AddSeconds(90), 10, Cancel));
    }

    [Fact]
    public async Task Any_state_but_running_gives_up_the_lease()
    {
        var run = await ClaimNewAsync("evt_1");

        await Store.ChangeRunAsync(To(run, RunState.Queued) with { DueAt = Now }, Cancel);

        Assert.NotNull(await ClaimAsync(run.Id));
        Assert.False(await Store.ChangeRunAsync(To(run, RunState.Running), Cancel));
    }

    [Fact]
    public async Task A_change_under_an_old_epoch_is_refused()
    {
        var old = await ClaimNewAsync("evt_1");
        await ClaimAsync(old.Id, Now.AddSeconds(60), "gateway-2");

        Assert.False(await Store.ChangeRunAsync(To(old, RunState.Succeeded), Cancel));
        Assert.Equal(RunState.Running, (await RunAsync(old.Id)).State);
    }

    [Fact]
    public async Task A_change_of_a_run_that_was_never_claimed_is_refused()
    {
        var run = await RunAsync(await OpenRunAsync("evt_1"));

        Assert.False(await Store.ChangeRunAsync(To(run, RunState.Succeeded), Cancel));
    }

    [Theory]
    [InlineData(RunState.Succeeded, true)]
    [InlineData(RunState.Expired, true)]
    [InlineData(RunState.Cancelled, true)]
    [InlineData(RunState.DeadLettered, true)]
    [InlineData(RunState.Waiting, false)]
    [InlineData(RunState.Asking, false)]
    public async Task A_run_that_stops_for_good_says_when(RunState state, bool stopped)
    {
        var run = await ClaimNewAsync("evt_1");

        await Store.ChangeRunAsync(To(run, state) with { Now = Now.AddSeconds(9) }, Cancel);

        Assert.Equal(stopped ? Now.AddSeconds(9) : null, (await RunAsync(run.Id)).FinishedAt);
    }

    [Fact]
    public async Task A_block_is_listed_and_a_second_one_leaves_it_as_it_is()
    {
        var block = new ConnectionBlock(Slack, "v1", "token_revoked", "Slack no longer accepts the token.", Now);

        await Store.BlockConnectionAsync(block, Cancel);
        await Store.BlockConnectionAsync(block with { CredentialVersion = "v2", Since = Now.AddDays(1) }, Cancel);

        Assert.Equal([block], await Store.BlockedConnectionsAsync(Cancel));
    }

    [Fact]
    public async Task Runs_of_a_blocked_connection_are_neither_due_nor_claimed_and_stay_as_they_are()
    {
        var blocked = await OpenRunAsync("evt_1");
        var free = await OpenRunAsync("evt_2", "google-marketing");
        var without = await OpenRunAsync("evt_3", nextConnection: null);

        await Store.BlockConnectionAsync(new ConnectionBlock(Slack, "v1", "c", "m", Now), Cancel);

        Assert.Equal([free, without], await Store.DueRunsAsync(Now, 10, Cancel));
        Assert.Null(await ClaimAsync(blocked));
        Assert.Equal(RunState.Queued, (await RunAsync(blocked)).State);
    }

    [Fact]
    public async Task Lifting_a_block_makes_its_blocked_runs_due_and_answers_how_many()
    {
        var stuck = await ClaimNewAsync("evt_1");
        var other = await ClaimNewAsync("evt_2", "google-marketing");
        await Store.ChangeRunAsync(To(stuck, RunState.Blocked), Cancel);
        await Store.ChangeRunAsync(To(other, RunState.Blocked), Cancel);
        await Store.BlockConnectionAsync(new ConnectionBlock(Slack, "v1", "c", "m", Now), Cancel);

        Assert.Equal(1, await Store.ReleaseConnectionAsync(Slack, Now.AddHours(1), Cancel));

        Assert.Empty(await Store.BlockedConnectionsAsync(Cancel));
        var run = await RunAsync(stuck.Id);
        Assert.Equal((RunState.Queued, Now.AddHours(1)), (run.State, run.DueAt!.Value));
        Assert.Equal([stuck.Id], await Store.DueRunsAsync(Now.AddHours(1), 10, Cancel));
        Assert.Equal(RunState.Blocked, (await RunAsync(other.Id)).State);
    }

    [Fact]
    public async Task Lifting_a_block_that_is_not_there_releases_nothing()
    {
        Assert.Equal(0, await Store.ReleaseConnectionAsync(Slack, Now, Cancel));
    }
}
