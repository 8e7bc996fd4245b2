using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task What_an_attempt_made_is_remembered_with_its_outcome()
    {
        await MakeAsync("evt_1", "message", """{"ts":"1"}""");

        Assert.Equal("""{"ts":"1"}"""u8.ToArray(), (await FindAsync("message"))?.ToArray());
        Assert.Null(await FindAsync("event"));
        Assert.Null(await Store.FindMadeAsync("another", "message", "live/9d1c", Now, Cancel));
        Assert.Null(await Store.FindMadeAsync(Slack, "message", "live/9d1", Now, Cancel));
    }

    [Fact]
    public async Task What_is_made_again_replaces_what_was_made()
    {
        await MakeAsync("evt_1", "message", """{"ts":"1"}""");
        await MakeAsync("evt_2", "message", """{"ts":"2"}""");

        Assert.Equal("""{"ts":"2"}"""u8.ToArray(), (await FindAsync("message"))?.ToArray());
    }

    [Fact]
    public async Task A_key_recalls_what_was_made_last_whoever_made_it()
    {
        await MakeAsync("evt_1", "message", """{"ts":"1"}""");
        await MakeAsync("evt_2", "event", """{"id":"2"}""", later: 1);

        Assert.Equal("""{"id":"2"}"""u8.ToArray(), (await Store.RecallAsync("live/9d1c", Now, Cancel))?.ToArray());
        Assert.Null(await Store.RecallAsync("live/other", Now, Cancel));
    }

    [Fact]
    public async Task What_was_made_is_forgotten_in_its_time()
    {
        await MakeAsync("evt_1", "message", """{"ts":"1"}""");

        Assert.NotNull(await Store.RecallAsync("live/9d1c", Now.AddDays(400).AddTicks(-10), Cancel));
        Assert.Null(await Store.RecallAsync("live/9d1c", Now.AddDays(400), Cancel));
        Assert.Null(await Store.FindMadeAsync(Slack, "message", "live/9d1c", Now.AddDays(400), Cancel));
    }

    [Fact]
    public async Task An_outcome_under_an_old_epoch_leaves_no_memory()
    {
        var old = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(old), Cancel);
        await ClaimAsync(old.Id, Now.AddSeconds(200), "gateway-2");

        Assert.False(await Store.EndAttemptAsync(Result(old) with { Made = Thing("message", "{}") }, To(old, RunState.Succeeded), Cancel));
        Assert.Null(await FindAsync("message"));
    }

    private async Task MakeAsync(string eventId, string kind, string output, int later = 0)
    {
        var run = await ClaimNewAsync(eventId);
        await Store.BeginAttemptAsync(Intent(run), Cancel);
        var result = Result(run) with { Made = Thing(kind, output), EndedAt = Now.AddSeconds(2 + later) };
        Assert.True(await Store.EndAttemptAsync(result, To(run, RunState.Succeeded), Cancel));
    }

    private static Made Thing(string kind, string output) => new(Slack, kind, "live/9d1c", Bytes(output), Now.AddDays(400));

    private Task<ReadOnlyMemory<byte>?> FindAsync(string kind) => Store.FindMadeAsync(Slack, kind, "live/9d1c", Now, Cancel);
}
