using ConnectorHub.Runs;
using ConnectorHub.Tests.Unit.Support;

namespace ConnectorHub.Tests.Unit.Runs;

public class NamesTests
{
    [Fact]
    public void Later_ids_sort_after_earlier_ones_also_within_a_millisecond()
    {
        var ids = new IdSource(new StoppedClock(DateTimeOffset.UnixEpoch.AddYears(56)));
        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next("evt_")).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, id => Assert.Equal(30, id.Length));
    }

    [Fact]
    public void Ids_of_a_clock_that_jumps_back_still_increase()
    {
        var clock = new StoppedClock(DateTimeOffset.UnixEpoch.AddYears(56));
        var ids = new IdSource(clock);
        var before = ids.Next("run_");
        clock.Now -= TimeSpan.FromHours(1);
        Assert.True(string.CompareOrdinal(ids.Next("run_"), before) > 0);
    }

    [Fact]
    public void Every_part_of_an_effect_key_counts()
    {
        var key = EffectKey.For("slack", "evt_1", "recipe", "step", "", 0);
        Assert.Equal(key, EffectKey.For("slack", "evt_1", "recipe", "step", "", 0));
        string[] others =
        [
            EffectKey.For("other", "evt_1", "recipe", "step", "", 0),
            EffectKey.For("slack", "evt_2", "recipe", "step", "", 0),
            EffectKey.For("slack", "evt_1", "recipe2", "step", "", 0),
            EffectKey.For("slack", "evt_1", "recipe", "step2", "", 0),
            EffectKey.For("slack", "evt_1", "recipe", "step", "item", 0),
            EffectKey.For("slack", "evt_1", "recipe", "step", "", 1),
        ];
        Assert.DoesNotContain(key, others);
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void Parts_of_an_effect_key_do_not_run_together()
        => Assert.NotEqual(EffectKey.For("a", "b;1:c", "d", "e", "", 0), EffectKey.For("a", "b", "c;1:d", "e", "", 0));
}
