using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    private static readonly ScheduleHold Held = new(Now, "ana", "until Monday");

    [Fact]
    public async Task A_schedule_is_held_up_once_also_across_a_restart_until_it_is_let_go()
    {
        var held = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Store.HoldScheduleAsync("digest", Held, Entry("pause", $"{i}"), Cancel)));
        Assert.Single(held, one => one);
        await ReopenAsync();

        Assert.Equal(new ScheduleRow("digest", Held, null), Assert.Single(await Store.SchedulesAsync(Cancel)));
        Assert.True(await Store.LetScheduleGoAsync("digest", Entry("resume", "1"), Cancel));
        Assert.False(await Store.LetScheduleGoAsync("digest", Entry("resume", "2"), Cancel));
        Assert.Null(Assert.Single(await Store.SchedulesAsync(Cancel)).Hold);
        Assert.Equal(["resume", "pause"], (await Store.AuditAsync(null, null, 50, Cancel)).OrderByDescending(entry => entry.Act).Select(entry => entry.Act));
    }

    [Fact]
    public async Task What_was_missed_is_added_up_and_a_hold_leaves_it()
    {
        await Store.CountMissedAsync("digest", new MissedCount(3, 1, Now), Cancel);
        await Store.HoldScheduleAsync("digest", Held, Entry("pause", "1"), Cancel);
        await Store.CountMissedAsync("digest", new MissedCount(2, 0, Now.AddDays(1)), Cancel);
        await Store.LetScheduleGoAsync("digest", Entry("resume", "1"), Cancel);

        Assert.Equal(new ScheduleRow("digest", null, new MissedCount(5, 1, Now.AddDays(1))), Assert.Single(await Store.SchedulesAsync(Cancel)));
    }

    [Fact]
    public async Task The_last_time_of_a_job_only_moves_on_and_what_it_missed_is_counted_with_it()
    {
        await Store.HoldScheduleAsync("hub:retention", Held, Entry("pause", "1"), Cancel);

        Assert.True(await Store.KeepDoneAsync("hub:retention", Now, null, Cancel));
        Assert.True(await Store.KeepDoneAsync("hub:retention", Now.AddDays(3), new MissedCount(3, 1, Now.AddDays(3)), Cancel));
        Assert.False(await Store.KeepDoneAsync("hub:retention", Now.AddDays(3), new MissedCount(3, 1, Now.AddDays(4)), Cancel));
        Assert.False(await Store.KeepDoneAsync("hub:retention", Now.AddDays(2), new MissedCount(2, 1, Now.AddDays(4)), Cancel));
        await ReopenAsync();

        var kept = new ScheduleRow("hub:retention", Held, new MissedCount(3, 1, Now.AddDays(3))) { LastAt = Now.AddDays(3) };
        Assert.Equal(kept, Assert.Single(await Store.SchedulesAsync(Cancel)));
    }
}
