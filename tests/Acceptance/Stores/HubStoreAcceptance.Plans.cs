using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private static readonly PlanRow Nightly = new("plan_1", """{"code":"gone"}""", "{}", 0.5, "0 2 * * *", "Europe/Paris", "ana", "nights are quiet", Now, false, Now.AddHours(1), null, null, "");

    [Fact]
    public async Task A_plan_is_kept_as_it_was_given_and_changed_in_its_times_only()
    {
        await Store.KeepPlanAsync(Nightly, Entry("plan", "1"), Cancel);
        Assert.Equal(Nightly, Assert.Single(await Store.PlansAsync(Cancel)));

        await Store.KeepPlanAsync(Nightly with { PerSecond = null, Paused = true, NextAt = Now.AddHours(2), Why = "other", Filter = "{}" }, Entry("pause", "1"), Cancel);
        await ReopenAsync();

        Assert.Equal(Nightly with { PerSecond = null, Paused = true, NextAt = Now.AddHours(2) }, Assert.Single(await Store.PlansAsync(Cancel)));
        Assert.Equal(2, (await Store.AuditAsync(null, null, 10, Cancel)).Count);
    }

    [Fact]
    public async Task Of_many_that_begin_a_firing_one_does_and_of_many_that_end_it_one_is_noted()
    {
        await Store.KeepPlanAsync(Nightly, Entry("plan", "1"), Cancel);
        var due = Nightly.NextAt!.Value;

        var begun = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.BeginFiringAsync(Nightly.Id, due, due.AddDays(1), Cancel)));
        Assert.Single(begun, one => one);
        var half = Assert.Single(await Store.PlansAsync(Cancel));
        Assert.Equal((due, due.AddDays(1), null), (half.FiringAt, half.NextAt, half.LastAt));
        Assert.False(await Store.BeginFiringAsync(Nightly.Id, due.AddDays(1), null, Cancel));

        var ended = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.EndFiringAsync(Nightly.Id, due, "3 of 3", Entry("fire", $"{i}"), Cancel)));
        Assert.Single(ended, one => one);
        Assert.Equal((null, due, "3 of 3"), (await Store.PlansAsync(Cancel)) is [var plan] ? (plan.FiringAt, plan.LastAt, plan.Result) : default);
        Assert.Single(await Store.AuditAsync(null, null, 50, Cancel), entry => entry.Act == "fire");
    }

    [Fact]
    public async Task A_paused_plan_does_not_fire_and_a_removed_one_is_gone()
    {
        await Store.KeepPlanAsync(Nightly with { Paused = true }, Entry("plan", "1"), Cancel);

        Assert.False(await Store.BeginFiringAsync(Nightly.Id, Nightly.NextAt!.Value, null, Cancel));
        Assert.True(await Store.DropPlanAsync(Nightly.Id, Entry("remove", "1"), Cancel));
        Assert.False(await Store.DropPlanAsync(Nightly.Id, Entry("remove", "2"), Cancel));
        Assert.Empty(await Store.PlansAsync(Cancel));
    }
}
