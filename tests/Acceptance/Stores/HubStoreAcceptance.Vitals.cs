using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Theory]
    [InlineData(RunState.Waiting, true)]
    [InlineData(RunState.Blocked, true)]
    [InlineData(RunState.Asking, true)]
    [InlineData(RunState.Running, true)]
    [InlineData(RunState.Succeeded, false)]
    [InlineData(RunState.Expired, false)]
    [InlineData(RunState.Cancelled, false)]
    [InlineData(RunState.DeadLettered, false)]
    public async Task The_oldest_unfinished_run_is_found_whatever_it_waits_for(RunState state, bool unfinished)
    {
        Assert.Null(await Store.OldestUnfinishedAsync(Cancel));
        var first = await ClaimNewAsync("evt_1");
        var second = await OpenRunAsync("evt_2");

        Assert.True(await Store.ChangeRunAsync(To(first, state) with { DueAt = Now.AddDays(2) }, Cancel));

        Assert.Equal(unfinished ? first.Id : second, (await Store.OldestUnfinishedAsync(Cancel))!.Id);
    }

    [Fact]
    public async Task Leases_are_told_by_who_holds_them_and_which_are_over()
    {
        Assert.Empty(await Store.LeasesAsync(Now, Cancel));
        var early = await OpenRunAsync("evt_1");
        var late = await OpenRunAsync("evt_2");
        var other = await OpenRunAsync("evt_3");
        await OpenRunAsync("evt_4");
        await ClaimAsync(early);
        await ClaimAsync(late, Now.AddSeconds(30));
        await ClaimAsync(other, Now.AddSeconds(30), "gateway-2");

        // A lease is given for 60 s.
        Assert.Equal(
            [new LeaseHolder("gateway-1", 2, Now.AddSeconds(60), 1), new LeaseHolder("gateway-2", 1, Now.AddSeconds(90), 0)],
            await Store.LeasesAsync(Now.AddSeconds(61), Cancel));
        Assert.All(await Store.LeasesAsync(Now.AddSeconds(60), Cancel), holder => Assert.Equal(0, holder.Lapsed));
    }
}
