using System.Text;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Watching;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Hooks;

namespace ConnectorHub.Tests.Gateway.Watching;

/// <summary>What each watch finds not to be well. The house's clock stands until it is moved.</summary>
public sealed class WatchTests : IDisposable
{
    private const long MB = 1024 * 1024;
    private static readonly WatchMemory Nothing = new(new Dictionary<string, TellingRow>(), new Dictionary<string, TellingRow>());

    private readonly LedgerHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task A_disk_that_is_low_is_low_until_there_is_a_quarter_more()
    {
        long? free = 2000 * MB;
        var watch = new DiskWatch("/data", 1024 * MB, () => free);
        Assert.Empty(await LookAsync(watch));

        free = 1000 * MB;
        var low = Assert.Single(await LookAsync(watch));
        Assert.Equal(("1000 MB", "1024 MB", "/data"), (low.Facts.Member("free").ToText(), low.Facts.Member("limit").ToText(), low.Facts.Member("folder").ToText()));

        // Also for a process that starts meanwhile.
        free = 1100 * MB;
        _house.Clock.Move(TimeSpan.FromHours(1));
        var told = new WatchMemory(new Dictionary<string, TellingRow> { [low.Cause] = new(watch.Type, low.Cause, low.Mark, 0, null, _house.Clock.GetUtcNow(), default) }, Nothing.Kept);
        Assert.Equal(low.Mark, Assert.Single(await LookAsync(new DiskWatch("/data", 1024 * MB, () => free), told)).Mark);
        Assert.Empty(await LookAsync(watch));

        free = 1300 * MB;
        Assert.Empty(await LookAsync(watch, told));
        free = null;
        Assert.Empty(await LookAsync(watch));
    }

    [Fact]
    public async Task A_hook_refuses_when_several_came_in_a_row_for_a_while()
    {
        var watch = new RefusalWatch(_house.Report);
        Refuse(2, TimeSpan.FromMinutes(3));
        _house.Clock.Move(TimeSpan.FromMinutes(10));
        Assert.Empty(await LookAsync(watch));

        Refuse(1);
        var concern = Assert.Single(await LookAsync(watch));
        Assert.Equal(("spot/live.updated", "3 deliveries", "wrong proof"), (concern.Facts.Member("hook").ToText(), concern.Facts.Member("refused").ToText(), concern.Facts.Member("why").ToText()));

        _house.Take("spot/live.updated", "evt_1");
        Assert.Empty(await LookAsync(watch));
    }

    [Fact]
    public async Task A_flood_within_a_moment_is_none_yet_and_strangers_without_a_proof_never_are()
    {
        var watch = new RefusalWatch(_house.Report);
        Refuse(500);
        Assert.Empty(await LookAsync(watch));

        _house.Take("spot/live.updated", "evt_1");
        for (var i = 0; i < 100; i++)
        {
            _house.Refuse("spot/live.updated", HookNoteKind.NoProof, body: $"{i}");
            _house.Clock.Move(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await LookAsync(watch));
    }

    [Fact]
    public async Task Refusals_that_go_on_are_told_after_an_hour_four_hours_and_then_each_day()
    {
        var watch = new RefusalWatch(_house.Report);
        var marks = new List<string>();
        for (var minute = 0; minute < 3 * 24 * 60; minute += 10)
        {
            Refuse(1, TimeSpan.FromMinutes(10));
            marks.AddRange((await LookAsync(watch)).Select(concern => concern.Mark));
        }

        Assert.Equal(5, marks.Distinct().Count());

        // Nobody sends any more: it is not told again.
        _house.Clock.Move(TimeSpan.FromDays(3));
        Assert.Equal(marks[^1], Assert.Single(await LookAsync(watch)).Mark);
    }

    [Fact]
    public async Task A_platform_is_at_risk_when_it_gives_up_and_not_while_it_tries_again()
    {
        var watch = new RiskWatch(_house.Report);
        Refuse(5, TimeSpan.FromMinutes(3));
        Assert.Empty(await LookAsync(watch));

        for (var hour = 0; hour < 72; hour++)
        {
            Refuse(1, TimeSpan.FromHours(1));
        }

        var concern = Assert.Single(await LookAsync(watch));
        Assert.Equal("spot/live.updated", concern.Facts.Member("hook").ToText());
        Assert.NotEqual(nameof(StakeLevel.TriesAgain), concern.Facts.Member("level").ToText());
        Assert.NotEmpty(concern.Facts.Member("stake").ToText());
    }

    [Fact]
    public async Task A_hook_with_a_time_of_its_own_is_silent_after_it_once_for_each_last_event_and_downtime_does_not_count()
    {
        var watch = Silence(TimeSpan.FromHours(2));
        Assert.Empty(await LookAsync(watch));
        _house.Take("spot/live.updated", "evt_1");
        _house.Clock.Move(TimeSpan.FromMinutes(119));
        Assert.Empty(await LookAsync(watch));
        _house.Clock.Move(TimeSpan.FromMinutes(1));

        var concern = Assert.Single(await LookAsync(watch));
        Assert.Equal(("evt_1", "That is longer than 2h, which the settings name for it."), (concern.Mark, concern.Facts.Member("expected").ToText()));
        _house.Clock.Move(TimeSpan.FromHours(9));
        Assert.Equal("evt_1", Assert.Single(await LookAsync(watch)).Mark);
        _house.Take("spot/live.updated", "evt_2");
        Assert.Empty(await LookAsync(watch));

        Down(TimeSpan.FromHours(5));
        Assert.Empty(await LookAsync(watch));
        _house.Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal("evt_2", Assert.Single(await LookAsync(watch)).Mark);
    }

    [Fact]
    public async Task A_platform_that_gave_up_while_the_hub_was_down_is_at_risk_for_a_day_and_told_once()
    {
        var watch = new RiskWatch(_house.Report);
        _house.Take("spot/live.updated", "evt_1");
        _house.Take("inbox/booked", "evt_2");
        Down(TimeSpan.FromHours(1));
        Assert.Empty(await LookAsync(watch));

        Down(TimeSpan.FromDays(3));
        var concern = Assert.Single(await LookAsync(watch));
        Assert.Equal(
            """
            {"hook":"spot","connection":"spot","level":"GaveUp","stake":"MeltingSpot has given up on what it first sent between 10 Mar 15:03:05 and 12 Mar 11:28:00.
             Ask MeltingSpot to send the failed messages again, and check in your Spot's settings that the webhook is still there.","message":"The hub was down.",
            "advice":"See what is missing: connectorhub hooks spot"}
            """.ReplaceLineEndings(""),
            concern.Facts.ToText());

        // A restart is no downtime of its own.
        Down(TimeSpan.FromSeconds(40));
        Assert.Equal(concern.Mark, Assert.Single(await LookAsync(watch)).Mark);
        _house.Clock.Move(TimeSpan.FromHours(23));
        Assert.Equal(concern.Mark, Assert.Single(await LookAsync(watch)).Mark);
        _house.Clock.Move(TimeSpan.FromHours(2));
        Assert.Empty(await LookAsync(watch));

        Down(TimeSpan.FromDays(5));
        Assert.NotEqual(concern.Mark, Assert.Single(await LookAsync(watch)).Mark);
    }

    [Fact]
    public async Task By_the_rhythm_no_downtime_since_the_last_event_counts_however_many_there_were()
    {
        // One each minute, at every hour of the week.
        var hours = string.Join(',', Enumerable.Repeat("[60,60,60]", 7 * 24));
        var rhythm = new TellingRow(RhythmBook.RowType, "spot/live.updated", "", 0, null, null, Encoding.UTF8.GetBytes($"[{hours}]"));
        var memory = Nothing with { Kept = new Dictionary<string, TellingRow> { ["spot/live.updated"] = rhythm } };
        var watch = Silence(after: null);
        _house.Take("spot/live.updated", "evt_1");
        for (var i = 0; i < 3; i++)
        {
            _house.Clock.Move(TimeSpan.FromMinutes(50));
            Assert.Empty(await LookAsync(watch, memory));
            Down(TimeSpan.FromHours(3));
        }

        _house.Clock.Move(TimeSpan.FromMinutes(59));
        Assert.Empty(await LookAsync(watch, memory));
        _house.Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal("By the last 3 weeks, about 61 were to be expected by now.", Assert.Single(await LookAsync(watch, memory)).Facts.Member("expected").ToText());
    }

    // A process ends, and another begins to serve.
    private void Down(TimeSpan span)
    {
        _house.Uptime.Load(new Liveness(_house.Clock.GetUtcNow(), _house.Uptime.Last));
        _house.Clock.Move(span);
        _house.Uptime.Begin();
    }

    private SilenceWatch Silence(TimeSpan? after) => new(_house.Ledger, _house.Uptime, new RhythmBook("Europe/Paris"), new SilenceRules(true, _ => after));

    private async Task<IReadOnlyList<Concern>> LookAsync(IWatch watch, WatchMemory? memory = null) =>
        (await watch.LookAsync(memory ?? Nothing, _house.Clock.GetUtcNow(), TestContext.Current.CancellationToken)).Concerns;

    private void Refuse(int times, TimeSpan apart = default)
    {
        for (var i = 0; i < times; i++)
        {
            _house.Refuse("spot/live.updated", HookNoteKind.WrongProof, body: $"{_house.Clock.GetUtcNow():O}{i}");
            _house.Clock.Move(apart);
        }
    }
}
