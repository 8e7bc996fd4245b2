using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Unit.Runs.Bulletins;

public class BulletinDeskTests
{
    private const string Type = "hub.run.dead-lettered";

    private DateTimeOffset _now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private IReadOnlyDictionary<(string Type, string Cause), TellingRow> _rows = new Dictionary<(string, string), TellingRow>();

    [Fact]
    public void The_first_of_a_cause_comes_at_once_and_those_like_it_together_after_ten_minutes()
    {
        Assert.Equal(1, Assert.Single(Dead("a", 1)).Count);
        var counts = Enumerable.Range(0, 59).SelectMany(_ => Dead("a", 5, TimeSpan.FromSeconds(10))).ToList();

        Assert.Empty(counts);
        Assert.Equal(295, Assert.Single(Look(TimeSpan.FromSeconds(10))).Count);
        Assert.Empty(Look(TimeSpan.FromMinutes(10)));
        Assert.Empty(_rows);
    }

    [Fact]
    public void A_flood_of_causes_makes_a_handful_of_bulletins_in_ten_minutes_and_counts_everything()
    {
        var told = new List<(DateTimeOffset At, long Count)>();
        for (var tick = 0; tick < 120; tick++)
        {
            var bulletins = tick < 60 ? Flood(tick) : Look(TimeSpan.Zero);
            told.AddRange(bulletins.Select(bulletin => (_now, bulletin.Count)));
            Assert.InRange(_rows.Count, 0, BulletinDesk.MostCauses + 2);
            _now += TimeSpan.FromSeconds(10);
        }

        Assert.Equal(60 * 50 * 2, told.Sum(one => one.Count));
        Assert.All(told, one => Assert.InRange(told.Count(other => other.At >= one.At && other.At - one.At < BulletinDesk.Apart), 1, BulletinDesk.Handful));
        Assert.InRange(told.Count, 2, 3 * BulletinDesk.Handful);

        IReadOnlyList<Bulletin> Flood(int tick) => Look(TimeSpan.Zero, [.. Enumerable.Range(0, 50).Select(i => Counted($"{tick}/{i}", 2))]);
    }

    [Fact]
    public void The_last_of_a_handful_sums_up_and_names_the_largest_first()
    {
        var bulletins = Look(TimeSpan.Zero, [.. Enumerable.Range(1, 9).Select(i => Counted($"c{i}", i))]);

        Assert.Equal([false, false, false, false, true], bulletins.Select(bulletin => bulletin.SumsUp));
        Assert.Equal([9, 8, 7, 6], bulletins.Take(4).Select(bulletin => bulletin.Count));
        Assert.Equal([5, 4, 3, 2, 1], bulletins[4].Rows.Select(row => row.Waiting));
    }

    [Fact]
    public void A_standing_thing_is_told_once_for_each_of_its_marks()
    {
        Assert.Single(Stands(forgets: false, ("slack", "v1")));
        Assert.Empty(Stands(forgets: false, ("slack", "v1")));
        _now += TimeSpan.FromHours(3);
        Assert.Empty(Stands(forgets: false, ("slack", "v1")));
        Assert.Empty(Stands(forgets: false));
        Assert.Empty(Stands(forgets: false, ("slack", "v1")));
        Assert.Single(Stands(forgets: false, ("slack", "v2")));
    }

    [Fact]
    public void What_was_well_in_between_is_told_again_but_not_within_ten_minutes_and_not_when_it_is_over()
    {
        Assert.Single(Stands(forgets: true, ("disk", "low")));
        Assert.Empty(Stands(forgets: true));
        Assert.Empty(Stands(forgets: true, ("disk", "low")));
        Assert.Empty(Stands(forgets: true));
        _now += TimeSpan.FromMinutes(11);
        Assert.Empty(Stands(forgets: true));
        Assert.Empty(_rows);
        Assert.Single(Stands(forgets: true, ("disk", "low")));
    }

    [Fact]
    public void A_second_occasion_within_ten_minutes_waits_and_is_let_go_where_it_ends_before()
    {
        Assert.Single(Stands(forgets: false, ("welcome", "hash1")));
        Assert.Empty(Stands(forgets: false, ("welcome", "hash2")));
        Assert.Empty(Stands(forgets: false));
        _now += TimeSpan.FromMinutes(11);
        Assert.Empty(Stands(forgets: false));
        Assert.Single(Stands(forgets: false, ("welcome", "hash2")));
    }

    [Fact]
    public void The_same_telling_has_the_same_key_and_another_one_another()
    {
        var rows = _rows;
        var first = Assert.Single(Dead("a", 1)).Key;
        _rows = rows;
        Assert.Equal(first, Assert.Single(Dead("a", 1)).Key);

        Dead("a", 3, TimeSpan.FromSeconds(10));
        Assert.NotEqual(first, Assert.Single(Look(TimeSpan.FromMinutes(10))).Key);
    }

    private IReadOnlyList<Bulletin> Dead(string cause, long count, TimeSpan later = default) => Look(later, Counted(cause, count));

    private IReadOnlyList<Bulletin> Look(TimeSpan later, params Concern[] concerns)
    {
        _now += later;
        return Plan(new Outlook(Type, [.. concerns.Select(one => one with { Since = _now })], Forgets: true) { Counts = true });
    }

    private IReadOnlyList<Bulletin> Stands(bool forgets, params (string Cause, string Mark)[] concerns) =>
        Plan(new Outlook(Type, [.. concerns.Select(one => new Concern(Type, BulletinDesk.Cause(one.Cause), one.Mark, _now, BulletinFact.Map()))], forgets));

    private IReadOnlyList<Bulletin> Plan(Outlook outlook)
    {
        var plan = BulletinDesk.Plan(_rows, [outlook], _now);
        _rows = plan.Rows;
        return plan.Bulletins;
    }

    private Concern Counted(string cause, long count) => new(Type, BulletinDesk.Cause(cause), string.Empty, _now, BulletinFact.Map()) { Count = count };
}
