using System.Text;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private static readonly Liveness Alive = new(Now, null);

    [Fact]
    public async Task What_was_kept_of_hooks_is_read_back_after_a_restart()
    {
        var heard = Hook("live.updated") with
        {
            Arrivals = new HookArrivals(9_000_000_000, 3, new Sighting("evt_1", Now.AddDays(-400)), new Sighting("evt_9", Now)),
            Duplicates = 5,
            OtherBodies = 2,
        };
        var silent = Hook("") with { State = Bytes("{\"refusals\":{}}"), Notes = null };
        var pooled = new HookRow(HookScope.OtherAddresses, Connection, "", null, 0, 0, Bytes("{}"), Bytes("[2]"));
        var strangers = new HookRow(HookScope.OtherConnections, "", "", null, 0, 0, Bytes("{}"), Bytes("[3]"));

        await Store.KeepHooksAsync([strangers, pooled, heard, silent], Alive, Cancel);
        await ReopenAsync();

        var rows = await Store.HooksAsync(Cancel);
        Assert.Equal(
            [Shown(strangers), Shown(silent with { Notes = Bytes("[]") }), Shown(pooled), Shown(heard)],
            rows.Select(Shown));
    }

    [Fact]
    public async Task A_hook_that_is_kept_again_replaces_its_row_and_keeps_its_notes_where_none_are_given()
    {
        await Store.KeepHooksAsync([Hook("live.updated") with { Duplicates = 1 }, Hook("member.created")], Alive, Cancel);

        await Store.KeepHooksAsync([Hook("live.updated") with { Duplicates = 2, State = Bytes("{\"a\":1}"), Notes = null }], Alive, Cancel);

        var row = (await Store.HooksAsync(Cancel))[0];
        Assert.Equal(2, (await Store.HooksAsync(Cancel)).Count);
        Assert.Equal((2L, "{\"a\":1}", "[1]"), (row.Duplicates, Encoding.UTF8.GetString(row.State.Span), Encoding.UTF8.GetString(row.Notes!.Value.Span)));
    }

    [Fact]
    public async Task A_store_that_nobody_served_from_does_not_know_when_one_was_alive()
    {
        Assert.Null(await Store.LivenessAsync(Cancel));
        Assert.Empty(await Store.HooksAsync(Cancel));
    }

    [Fact]
    public async Task The_last_moment_alive_and_the_last_downtime_are_kept_with_and_without_hooks()
    {
        await Store.KeepHooksAsync([], Alive, Cancel);
        Assert.Equal(Alive, await Store.LivenessAsync(Cancel));

        var after = new Liveness(Now.AddHours(1), new Downtime(Now, Now.AddMinutes(13)));
        await Store.KeepHooksAsync([Hook("live.updated")], after, Cancel);
        await ReopenAsync();

        Assert.Equal(after, await Store.LivenessAsync(Cancel));
    }

    [Fact]
    public async Task An_accepted_event_says_whether_it_was_a_test()
    {
        Assert.True((await AcceptAsync(Event("evt_1", "key-1") with { Test = true })).Test);
        Assert.True((await AcceptAsync(Event("evt_2", "key-1") with { Test = true })).Test);
        Assert.False((await AcceptAsync(Event("evt_3", "key-2"))).Test);
    }

    private static HookRow Hook(string hookEvent) => new(HookScope.Hook, Connection, hookEvent, null, 0, 0, Bytes("{}"), Bytes("[1]"));

    // Records compare moments as instants, but bytes by identity.
    private static (HookRow, string, string) Shown(HookRow row) =>
        (row with { State = default, Notes = null }, Encoding.UTF8.GetString(row.State.Span), Encoding.UTF8.GetString((row.Notes ?? default).Span));
}
