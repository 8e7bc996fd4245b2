using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>When the ledger is kept, what a crash costs, and what a start makes of the time before it.</summary>
public sealed class LedgerKeeperTests : IDisposable
{
    private readonly LedgerHouse _house = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storm_is_kept_once_a_second_and_loses_nothing()
    {
        await _house.Keeper.StartAsync(Cancel);
        for (var second = 0; second < 10; second++)
        {
            Assert.Equal(LedgerKeeper.Interval, await _house.Clock.WaitingAsync());
            for (var i = 0; i < 500; i++)
            {
                _house.Refuse("spot/live.updated", HookNoteKind.NoProof);
                _house.Take("inbox", $"evt_{second}_{i}");
            }

            _house.Clock.Fire();
        }

        await _house.Clock.WaitingAsync();
        Assert.Equal(10, _house.Store.Writes.Count);
        Assert.All(_house.Store.Writes.Zip(_house.Store.Writes.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1)));
        await RestartAsync();
        Assert.Equal(5000, _house.Look("spot", "live.updated").Refused);
        Assert.Equal(5000, _house.Look("inbox").Arrivals!.Events);
    }

    [Fact]
    public async Task While_nothing_happens_only_every_thirtieth_second_is_kept()
    {
        await _house.Keeper.StartAsync(Cancel);
        var start = _house.Clock.GetUtcNow();
        for (var second = 0; second < 95; second++)
        {
            await _house.Clock.WaitingAsync();
            _house.Clock.Fire();
        }

        await _house.Clock.WaitingAsync();
        Assert.Equal([1, 31, 61, 91], _house.Store.Writes.Select(write => (write.At - start).TotalSeconds));
        Assert.All(_house.Store.Writes, write => Assert.Equal(0, write.Rows));
    }

    [Fact]
    public async Task A_crash_costs_what_was_counted_since_the_last_second_and_a_clean_stop_nothing()
    {
        await _house.Keeper.StartAsync(Cancel);
        await _house.Clock.WaitingAsync();
        _house.Take("inbox", "evt_1");
        _house.Clock.Fire();
        await _house.Clock.WaitingAsync();
        _house.Take("inbox", "evt_2");

        await RestartAsync();
        Assert.Equal(("evt_1", 1L), (_house.Look("inbox").Arrivals!.Last.EventId, _house.Look("inbox").Arrivals!.Events));

        await _house.Keeper.StartAsync(Cancel);
        _house.Take("inbox", "evt_3");
        _house.Clock.Move(TimeSpan.FromMilliseconds(300));
        await _house.Keeper.StopAsync(Cancel);
        Assert.Equal(_house.Clock.GetUtcNow(), (await _house.Store.LivenessAsync(Cancel))!.AliveAt);
        await RestartAsync();
        Assert.Equal("evt_3", _house.Look("inbox").Arrivals!.Last.EventId);
        Assert.Equal("evt_1", _house.Look("inbox").Arrivals!.First.EventId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_store_could_not_keep_is_kept_when_it_can(bool unavailable)
    {
        await _house.Keeper.StartAsync(Cancel);
        await _house.Clock.WaitingAsync();
        _house.Store.Failure = unavailable ? new StoreUnavailableException("The disk is full.") : new InvalidOperationException("The store refused this write.");
        _house.Refuse("inbox", HookNoteKind.StoreBusy);
        _house.Clock.Fire();
        await _house.Clock.WaitingAsync();
        _house.Store.Failure = null;
        _house.Clock.Fire();
        await _house.Clock.WaitingAsync();

        await RestartAsync();
        Assert.Equal(1, _house.Look("inbox").Refused);
        Assert.Equal(HookNoteKind.StoreBusy, Assert.Single(_house.Ledger.Notes(new HookKey(HookScope.Hook, "inbox", ""))).Kind);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public async Task A_start_knows_since_when_nobody_served(int seconds, bool told)
    {
        await _house.Keeper.StartAsync(Cancel);
        _house.Take("spot/live.updated", "evt_1");
        var stopped = _house.Clock.GetUtcNow();
        await _house.Keeper.StopAsync(Cancel);

        await RestartAsync();
        _house.Clock.Move(TimeSpan.FromSeconds(seconds));
        Assert.Equal(stopped, _house.Uptime.DownSince);
        await _house.Keeper.StartAsync(Cancel);
        Assert.Null(_house.Uptime.DownSince);
        Assert.Equal(told ? new Downtime(stopped, stopped.AddSeconds(seconds)) : null, _house.Uptime.Last);

        // It is still known after the next start.
        await _house.Keeper.StopAsync(Cancel);
        await RestartAsync();
        await _house.Keeper.StartAsync(Cancel);
        Assert.Equal(told, _house.Uptime.Last is not null);
        Assert.False(_house.Uptime.JustEnded);
    }

    [Fact]
    public async Task A_start_after_a_downtime_says_what_it_has_cost_and_to_whom()
    {
        await _house.Keeper.StartAsync(Cancel);
        _house.Take("inbox", "evt_1");
        _house.Take("spot/live.updated", "evt_2");
        await _house.Keeper.StopAsync(Cancel);
        await RestartAsync();
        _house.Clock.Move(TimeSpan.FromMinutes(13));
        await _house.Keeper.StartAsync(Cancel);

        new FirstContact(_house.Report, _house.Uptime, _house.Time, _house.Logger<FirstContact>()).Say();

        Assert.Equal(
            [
                "gateway.was-down connection=inbox The gateway was down for 13 min. The sender of inbox does not try again: what it sent between 14:03:05 and 14:16:05 is lost. Have the sender post the missing events again.",
                "gateway.was-down connection=spot The gateway was down for 13 min. MeltingSpot tries again until 11 Mar 17:38:10; nothing is lost yet.",
            ],
            _house.Log.Lines.Where(line => line.Contains("gateway.was-down", StringComparison.Ordinal)).Select(line => line["Warning ".Length..].Trim()));
    }

    [Fact]
    public async Task A_downtime_is_not_spoken_of_where_nothing_ever_came()
    {
        await _house.Keeper.StartAsync(Cancel);
        await _house.Keeper.StopAsync(Cancel);
        await RestartAsync();
        _house.Clock.Move(TimeSpan.FromDays(1));
        await _house.Keeper.StartAsync(Cancel);

        new FirstContact(_house.Report, _house.Uptime, _house.Time, _house.Logger<FirstContact>()).Say();

        Assert.DoesNotContain(_house.Log.Lines, line => line.Contains("was-down", StringComparison.Ordinal));
        Assert.Contains(_house.Log.Lines, line => line.Contains($"hook.url hook=inbox url=https://hub.example.org/hooks/inbox?token=<UrlToken> events=0 last=nothing yet refused=nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_costs_its_notes_and_not_the_start()
    {
        var row = new HookRow(HookScope.Hook, "inbox", "", new HookArrivals(7, 0, new Sighting("evt_1", default), new Sighting("evt_7", default)), 2, 1, "{\"refusals\":{\"FromTheFuture\":1}}"u8.ToArray(), "["u8.ToArray());
        await _house.Store.KeepHooksAsync([row], new Liveness(_house.Clock.GetUtcNow(), null), Cancel);

        await RestartAsync();

        var seen = _house.Look("inbox");
        Assert.Equal((7L, 2L, 1L, 0L), (seen.Arrivals!.Events, seen.Duplicates, seen.OtherBodies, seen.Refused));
        Assert.Contains(_house.Log.Lines, line => line.Contains("ledger.unreadable hook=inbox", StringComparison.Ordinal));
    }

    public void Dispose() => _house.Dispose();

    private Task RestartAsync()
    {
        _house.Restart();
        return _house.Keeper.LoadAsync(Cancel);
    }
}
