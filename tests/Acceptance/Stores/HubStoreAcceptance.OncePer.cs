using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task A_held_once_per_key_opens_no_run_and_the_decision_names_the_holder()
    {
        await AcceptAsync(OncePer("evt_1", "ada"));

        var second = await AcceptAsync(OncePer("evt_2", "ada"));

        Assert.Null(second.DuplicateOf);
        Assert.Empty(second.Runs);
        Assert.Null(await Store.FindRunAsync(RunOf("evt_2"), Cancel));
        Assert.Equal(
            [new Decision(Recipe, "hash-1", DecisionVerdict.AlreadyDone, 3, RunOf("evt_1"))],
            (await EventAsync("evt_2")).Decisions);
    }

    [Fact]
    public async Task A_held_key_of_one_recipe_leaves_the_events_other_recipes_alone()
    {
        await AcceptAsync(OncePer("evt_1", "ada"));
        var both = OncePer("evt_2", "ada");
        both = both with { Decisions = [Taken("first"), .. both.Decisions, Taken("other")], Runs = [.. both.Runs, Planned("run_other", "other")] };

        var accepted = await AcceptAsync(both);

        Assert.Equal(["run_other"], accepted.Runs);
        Assert.Equal(
            [("first", DecisionVerdict.Taken), (Recipe, DecisionVerdict.AlreadyDone), ("other", DecisionVerdict.Taken)],
            (await EventAsync("evt_2")).Decisions.Select(decision => (decision.RecipeId, decision.Verdict)));
    }

    [Fact]
    public async Task A_key_taken_within_one_delivery_holds_for_its_next_event()
    {
        var accepted = await Store.AcceptAsync(Deliver(OncePer("evt_1", "ada"), OncePer("evt_2", "ada")), Cancel);

        Assert.Single(accepted[0].Runs);
        Assert.Empty(accepted[1].Runs);
    }

    [Fact]
    public async Task A_rehearsal_has_once_per_keys_of_its_own()
    {
        await AcceptAsync(OncePer("evt_1", "ada", rehearsal: true));

        Assert.Single((await AcceptAsync(OncePer("evt_2", "ada"))).Runs);
        Assert.Empty((await AcceptAsync(OncePer("evt_3", "ada", rehearsal: true))).Runs);
    }

    [Fact]
    public async Task Two_recipes_may_hold_the_same_value()
    {
        await AcceptAsync(OncePer("evt_1", "ada"));

        Assert.Single((await AcceptAsync(OncePer("evt_2", "ada", recipe: "other"))).Runs);
    }

    [Fact]
    public async Task A_once_per_key_holds_until_its_time_and_not_after()
    {
        await AcceptAsync(OncePer("evt_1", "ada", until: Now.AddDays(1)));

        Assert.Empty((await AcceptAsync(OncePer("evt_2", "ada", until: Now.AddDays(2)), Now.AddDays(1))).Runs);
        Assert.Single((await AcceptAsync(OncePer("evt_3", "ada", until: Now.AddDays(2)), Now.AddDays(1).AddMilliseconds(1))).Runs);
    }

    [Fact]
    public async Task A_once_per_key_without_an_end_is_never_given_up()
    {
        await AcceptAsync(OncePer("evt_1", "ada", until: null));

        Assert.Empty((await AcceptAsync(OncePer("evt_2", "ada"), Now.AddYears(50))).Runs);
    }

    [Theory]
    [InlineData(RunState.DeadLettered)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Expired)]
    public async Task A_run_that_came_to_nothing_gives_its_key_back(RunState state)
    {
        await AcceptAsync(OncePer("evt_1", "ada"));
        var run = await ClaimAsync(RunOf("evt_1"));

        await Store.ChangeRunAsync(To(run!, state), Cancel);

        Assert.Single((await AcceptAsync(OncePer("evt_2", "ada"))).Runs);
    }

    [Theory]
    [InlineData(RunState.Succeeded)]
    [InlineData(RunState.Waiting)]
    [InlineData(RunState.Blocked)]
    [InlineData(RunState.Asking)]
    public async Task A_run_that_is_open_or_succeeded_keeps_its_key(RunState state)
    {
        await AcceptAsync(OncePer("evt_1", "ada"));
        var run = await ClaimAsync(RunOf("evt_1"));

        await Store.ChangeRunAsync(To(run!, state), Cancel);

        Assert.Empty((await AcceptAsync(OncePer("evt_2", "ada"))).Runs);
    }

    [Fact]
    public async Task A_run_does_not_give_back_a_key_that_another_took_over()
    {
        await AcceptAsync(OncePer("evt_1", "ada", until: Now.AddDays(1)));
        var late = await ClaimAsync(RunOf("evt_1"));
        await AcceptAsync(OncePer("evt_2", "ada"), Now.AddDays(2));

        await Store.ChangeRunAsync(To(late!, RunState.DeadLettered), Cancel);

        Assert.Empty((await AcceptAsync(OncePer("evt_3", "ada"), Now.AddDays(2))).Runs);
    }

    [Fact]
    public async Task A_run_opened_as_a_dead_letter_holds_no_key()
    {
        var dead = OncePer("evt_1", "ada");
        await AcceptAsync(dead with { Runs = [dead.Runs[0] with { Error = new RunError("match", "CH5100", "It failed.") }] });

        Assert.Single((await AcceptAsync(OncePer("evt_2", "ada"))).Runs);
    }
}
