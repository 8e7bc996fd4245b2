using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task A_claim_makes_a_queued_run_running_and_raises_its_epoch()
    {
        var run = await ClaimAsync(await OpenRunAsync("evt_1"));

        Assert.Equal((RunState.Running, 1L), (run!.State, run.Epoch));
        Assert.Equal(run.Epoch, (await RunAsync(run.Id)).Epoch);
    }

    [Fact]
    public async Task A_claim_answers_the_run_as_it_is_stored()
    {
        var claimed = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(
            To(claimed, RunState.Waiting) with { DueAt = Now, Lets = Bytes("{}"), Outputs = Bytes("[]"), Note = "n" },
            Cancel);

        var run = await ClaimAsync(claimed.Id);
        var stored = await RunAsync(claimed.Id);

        Assert.Equal(stored, run! with { Lets = stored.Lets, Outputs = stored.Outputs });
        Assert.Equal(("{}", "[]"), (Text(run.Lets), Text(run.Outputs)));
    }

    [Fact]
    public async Task A_run_that_is_not_due_yet_cannot_be_claimed()
    {
        var id = await OpenRunAsync("evt_1");

        Assert.Null(await ClaimAsync(id, Now.AddMilliseconds(-1)));
        Assert.NotNull(await ClaimAsync(id, Now));
    }

    [Fact]
    public async Task A_waiting_run_can_be_claimed_when_it_is_due()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Waiting) with { DueAt = Now.AddSeconds(30) }, Cancel);

        Assert.Null(await ClaimAsync(run.Id, Now.AddSeconds(29)));
        Assert.Equal(2, (await ClaimAsync(run.Id, Now.AddSeconds(30)))!.Epoch);
    }

    [Fact]
    public async Task A_run_under_a_live_lease_cannot_be_claimed_by_anyone()
    {
        var run = await ClaimNewAsync("evt_1");

        Assert.Null(await ClaimAsync(run.Id, Now.AddSeconds(59), "gateway-1"));
        Assert.Null(await ClaimAsync(run.Id, Now.AddSeconds(59), "gateway-2"));
    }

    [Fact]
    public async Task A_run_whose_lease_ended_can_be_claimed_by_another()
    {
        var run = await ClaimNewAsync("evt_1");

        Assert.Equal(2, (await ClaimAsync(run.Id, Now.AddSeconds(60), "gateway-2"))!.Epoch);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_cannot_be_claimed()
    {
        Assert.Null(await ClaimAsync("run_nobody"));
    }

    [Theory]
    [InlineData(RunState.Blocked)]
    [InlineData(RunState.Asking)]
    [InlineData(RunState.Succeeded)]
    [InlineData(RunState.Expired)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.DeadLettered)]
    public async Task A_run_that_waits_for_a_person_or_has_ended_cannot_be_claimed(RunState state)
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, state), Cancel);

        Assert.Null(await ClaimAsync(run.Id, Now.AddDays(1)));
    }

    [Fact]
    public async Task Of_many_claims_at_once_exactly_one_gets_the_run()
    {
        var id = await OpenRunAsync("evt_1");

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ClaimAsync(id, owner: $"gateway-{i}")));

        Assert.Equal(1, Assert.Single(claims, run => run is not null)!.Epoch);
    }

    [Fact]
    public async Task A_lease_that_ended_inside_a_script_counts_as_a_death()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Running) with { InScript = true }, Cancel);
        Assert.True((await RunAsync(run.Id)).InScript);

        var again = await ClaimAsync(run.Id, Now.AddSeconds(60));

        Assert.Equal((1, false), (again!.Deaths, again.InScript));
    }

    [Fact]
    public async Task A_lease_that_ended_outside_a_script_counts_for_nothing()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Running) with { InScript = true }, Cancel);
        await Store.BeginAttemptAsync(Intent(run), Cancel);
        Assert.False((await RunAsync(run.Id)).InScript);

        Assert.Equal(0, (await ClaimAsync(run.Id, Now.AddSeconds(120)))!.Deaths);
    }

    [Fact]
    public async Task A_run_that_gave_up_its_lease_is_in_no_script()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Waiting) with { DueAt = Now, InScript = true }, Cancel);

        Assert.Equal(0, (await ClaimAsync(run.Id))!.Deaths);
    }

    [Fact]
    public async Task Released_leases_are_free_at_once_and_only_those_of_their_owner()
    {
        var mine = await ClaimNewAsync("evt_1");
        var others = await OpenRunAsync("evt_2");
        await ClaimAsync(others, owner: "gateway-2");

        await Store.ReleaseLeasesAsync("gateway-1", Now.AddSeconds(5), Cancel);

        Assert.Equal([mine.Id], await Store.DueRunsAsync(Now.AddSeconds(5), 10, Cancel));
        Assert.Equal(2, (await ClaimAsync(mine.Id, Now.AddSeconds(5), "gateway-2"))!.Epoch);
        Assert.Null(await ClaimAsync(others, Now.AddSeconds(5)));
    }

    [Fact]
    public async Task A_lease_given_up_in_good_order_is_not_a_death()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Running) with { InScript = true }, Cancel);

        await Store.ReleaseLeasesAsync("gateway-1", Now, Cancel);

        Assert.Equal(0, (await ClaimAsync(run.Id))!.Deaths);
    }

    [Fact]
    public async Task The_former_holder_of_a_released_lease_can_write_no_more()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ReleaseLeasesAsync("gateway-1", Now, Cancel);

        Assert.False(await Store.ChangeRunAsync(To(run, RunState.Succeeded), Cancel));
    }
}
