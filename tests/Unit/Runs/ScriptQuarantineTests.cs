using ConnectorHub.Runs;
using ConnectorHub.Tests.Unit.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Runs;

public class ScriptQuarantineTests
{
    private static readonly Patient Bad = new("bad", "hash-1", "bad.yaml");
    private static readonly Patient Good = new("good", "hash-2", "good.yaml");

    private readonly HandClock _clock = new();
    private readonly ScriptQuarantine _quarantine;

    public ScriptQuarantineTests() => _quarantine = new ScriptQuarantine(_clock, NullLogger<ScriptQuarantine>.Instance);

    [Fact]
    public void Five_deaths_within_ten_minutes_give_a_minutes_rest_and_other_recipes_go_on()
    {
        for (var death = 0; death < 5; death++)
            Try(Bad, died: true);

        Assert.Equal(TimeSpan.FromMinutes(1), _quarantine.Enter(Bad)!.Again);
        Assert.Null(_quarantine.Enter(Good));
        Assert.Equal(
            "bad.yaml: the scripts of this recipe ended their process again and again, so they rest until 2026-09-01 12:01:00 UTC and its runs wait. "
            + "Mend the recipe: a change ends the rest at once.",
            Assert.Single(_quarantine.Resting).Sentence);
    }

    [Fact]
    public void Deaths_far_apart_are_no_reason()
    {
        for (var death = 0; death < 20; death++)
        {
            Try(Bad, died: true);
            _clock.Now += TimeSpan.FromMinutes(3);
        }

        Assert.Null(_quarantine.Enter(Bad));
        Assert.Empty(_quarantine.Resting);
    }

    [Fact]
    public void After_the_rest_one_run_is_tried_and_a_further_death_doubles_it_up_to_an_hour()
    {
        for (var death = 0; death < 5; death++)
            Try(Bad, died: true);

        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Equal(TimeSpan.FromMinutes(minutes), _quarantine.Enter(Bad)!.Again);
            _clock.Now += TimeSpan.FromMinutes(minutes);
            Assert.Null(_quarantine.Enter(Bad));
            Assert.Equal(TimeSpan.FromSeconds(5), _quarantine.Enter(Bad)!.Again);
            _quarantine.Leave(Bad, died: true);
        }
    }

    [Fact]
    public void A_trial_that_went_well_sets_all_free()
    {
        for (var death = 0; death < 5; death++)
            Try(Bad, died: true);
        _clock.Now += TimeSpan.FromMinutes(1);

        Try(Bad, died: false);

        Assert.Null(_quarantine.Enter(Bad));
        Assert.Null(_quarantine.Enter(Bad));
    }

    [Fact]
    public void A_trial_that_nobody_waited_for_lets_the_next_one_try()
    {
        for (var death = 0; death < 5; death++)
            Try(Bad, died: true);
        _clock.Now += TimeSpan.FromMinutes(1);

        Try(Bad, died: null);

        Assert.Null(_quarantine.Enter(Bad));
        Assert.NotNull(_quarantine.Enter(Bad));
    }

    [Fact]
    public void A_changed_recipe_starts_anew()
    {
        for (var death = 0; death < 5; death++)
            Try(Bad, died: true);

        Assert.Null(_quarantine.Enter(Bad with { Hash = "mended" }));
        Assert.Empty(_quarantine.Resting);
    }

    [Fact]
    public void Scripts_that_were_under_way_when_the_rest_began_do_not_lengthen_it()
    {
        for (var under = 0; under < 9; under++)
            Assert.Null(_quarantine.Enter(Bad));

        for (var under = 0; under < 9; under++)
            _quarantine.Leave(Bad, died: true);

        Assert.Equal(TimeSpan.FromMinutes(1), _quarantine.Enter(Bad)!.Again);
    }

    private void Try(Patient recipe, bool? died)
    {
        Assert.Null(_quarantine.Enter(recipe));
        _quarantine.Leave(recipe, died);
    }
}
