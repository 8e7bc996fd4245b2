using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>The port's facts on SQLite, and what only a store in one file promises.</summary>
public sealed class SqliteHubStoreTests : HubStoreAcceptance
{
    private readonly SqliteFolder _folder = new();

    protected override async Task<IHubStore> OpenAsync() => await _folder.OpenAsync(Now.AddMinutes(1));

    protected override Task CleanAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_second_opener_of_the_data_folder_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => _folder.OpenAsync(Now));

        Assert.Contains(_folder.Options.DataFolder, refusal.Message, StringComparison.Ordinal);
        Assert.True(Store.CanCommit);
        Assert.Single((await AcceptAsync(Event("evt_1"))).Runs);
    }

    [Fact]
    public async Task The_data_folder_is_free_again_after_the_store_is_closed()
    {
        await CloseAsync();

        await using var next = await _folder.OpenAsync(Now);

        Assert.True(next.CanCommit);
    }

    [Fact]
    public void The_data_folder_and_its_files_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Options.DataFolder));
        foreach (var file in Directory.GetFiles(_folder.Options.DataFolder))
        {
            Assert.Equal(owner, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Opening_voids_all_leases_and_the_next_claim_raises_the_epoch()
    {
        var run = await ClaimNewAsync("evt_1");

        await ReopenAsync();

        var voided = await RunAsync(run.Id);
        Assert.Equal((RunState.Queued, 1L, Now.AddMinutes(1)), (voided.State, voided.Epoch, voided.DueAt!.Value));
        Assert.Equal((2L, 0), ((await ClaimAsync(run.Id, Now.AddMinutes(1)))!.Epoch, voided.Deaths));
    }

    [Fact]
    public async Task A_process_that_ended_inside_a_script_counts_as_a_death()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Running) with { InScript = true }, Cancel);

        await ReopenAsync();

        Assert.Equal(1, (await ClaimAsync(run.Id, Now.AddMinutes(1)))!.Deaths);
    }

    [Fact]
    public async Task All_that_64_callers_wrote_at_once_is_durable_and_the_file_is_sound()
    {
        const int callers = 64;
        const int each = 25;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            for (var i = 0; i < each; i++)
            {
                var id = $"evt_{caller:D2}{i:D3}";
                var run = await ClaimAsync((await AcceptAsync(Event(id, id))).Runs[0]);
                Assert.True(await Store.BeginAttemptAsync(Intent(run!), Cancel));
                Assert.True(await Store.EndAttemptAsync(Result(run!), To(run!, RunState.Succeeded), Cancel));
            }
        }));

        await ReopenAsync();

        var counts = await Store.CountsAsync(Now, Cancel);
        Assert.Equal((callers * each, callers * each), (counts.Events, counts.Runs[RunState.Succeeded]));
        Assert.Equal((long)(callers * each), _folder.AskBeside("SELECT count(*) FROM attempts WHERE state = 1"));
        Assert.Equal((long)(callers * each), _folder.AskBeside("SELECT count(*) FROM event_keys"));
        Assert.Equal("ok", _folder.AskBeside("PRAGMA integrity_check"));
        Assert.Null(_folder.AskBeside("PRAGMA foreign_key_check"));
    }

    [Fact]
    public async Task One_wrong_write_in_a_batch_fails_alone()
    {
        await AcceptAsync(Event("evt_taken"));

        // The wrong ones bring a recipe that is new: what they wrote of it goes with them, and the next must write it again.
        var writes = Enumerable.Range(0, 200).Select(i => Event($"evt_{i:D3}") with
        {
            Runs = [Planned(i % 50 == 0 ? RunOf("evt_taken") : $"run_{i:D3}") with { RecipeHash = $"hash-{i / 50}" }],
        }).Select(incoming => Store.AcceptAsync(Deliver(incoming), Cancel)).ToArray();
        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);

        var failed = writes.Where(write => write.IsFaulted).ToArray();
        Assert.Equal([writes[0], writes[50], writes[100], writes[150]], failed);
        Assert.All(failed, write => Assert.IsNotType<StoreUnavailableException>(write.Exception!.InnerException));
        Assert.True(Store.CanCommit);
        Assert.Equal(197, (await Store.CountsAsync(Now, Cancel)).Events);
        Assert.Equal("name: welcome", await Store.RecipeTextAsync("hash-3", Cancel));
    }

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_under_load()
    {
        await CloseAsync();
        _folder.Options.CheckpointBytes = 256 * 1024;
        await ReopenAsync();

        await FillAsync("a", 1000);

        Assert.InRange(new FileInfo(_folder.File).Length, 15_000_000, 40_000_000);
        Assert.InRange(new FileInfo(_folder.File + "-wal").Length, 1, 4_000_000);
    }

    [Fact]
    public async Task A_long_read_lets_the_log_grow_and_its_end_cuts_it_back()
    {
        await CloseAsync();
        // The search index reads, too, and a log is only cut back when nobody does.
        (_folder.Options.CheckpointBytes, _folder.Options.IndexShare) = (256 * 1024, 0);
        await ReopenAsync();
        var log = new FileInfo(_folder.File + "-wal");
        using (var neighbour = _folder.OpenBeside())
        {
            SqliteFolder.Execute(neighbour, "BEGIN; SELECT count(*) FROM events");
            await FillAsync("a", 300);
            log.Refresh();
            Assert.InRange(log.Length, 5_000_000, long.MaxValue);
        }

        await FillAsync("b", 300);

        log.Refresh();
        Assert.InRange(log.Length, 1, 2_000_000);
    }

    [Fact]
    public async Task A_search_ends_at_its_depth()
    {
        await CloseAsync();
        _folder.Options.SearchDepth = 3;
        await ReopenAsync();
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AcceptAsync(Event($"evt_{i}", body: i is 1 or 3 ? "needle" : "hay"));
        }

        var found = await Store.ListEventsAsync(new EventQuery(Text: "needle"), Cancel);

        Assert.Equal("evt_3", Assert.Single(found).Id);
    }

    [Fact]
    public async Task A_look_for_due_runs_passes_over_a_hundred_thousand_behind_a_block()
    {
        await OpenRunAsync("evt_1");
        _folder.ExecuteBeside(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO runs (id, event_id, recipe_id, recipe_hash, generation, state, rehearsal, created_at, due_at, next_connection)
            SELECT 'run_x' || i, 'evt_1', 'team/welcome', 'hash-1', i, 0, 0, 1, 1, 'slack-acme' FROM n
            """);
        await Store.BlockConnectionAsync(new ConnectionBlock(Slack, "v1", "c", "m", Now), Cancel);
        var free = await OpenRunAsync("evt_2", "google-marketing");

        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var _ in Enumerable.Range(0, 100))
        {
            Assert.Equal([free], await Store.DueRunsAsync(Now, 10, Cancel));
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_hook_with_many_events_and_a_type_with_many_that_it_never_sends_are_told_apart_without_reading_them()
    {
        await AcceptAsync(Event("evt_1"));
        _folder.ExecuteBeside(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO events (id, connection, hook_event, source, type, test, received_at, decisions, body)
            SELECT 'evt_x' || i, 'main-' || (i % 2), '', 'meltingspot', 'type-' || (i % 2), 0, 1, x'', zeroblob(300) FROM n
            """);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var _ in Enumerable.Range(0, 200))
        {
            Assert.Empty(await Store.ListEventsAsync(new EventQuery(Connection: "main-0", Type: "type-1"), Cancel));
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_store_from_before_the_hooks_were_counted_starts_with_the_events_it_holds()
    {
        await AcceptAsync(Event("evt_1", "key-1") with { Test = true }, Now.AddDays(-3));
        await AcceptAsync(Event("evt_2", "key-1", "other"));
        await AcceptAsync(Event("evt_3"));
        await Store.AcceptAsync(Deliver(Event("evt_4")) with { Connection = "spir-main", HookEvent = "event.confirmed" }, Cancel);
        _folder.ExecuteBeside(
            "DROP TRIGGER dead_letters_noted; DROP TRIGGER dead_letters_born; DROP TABLE untold; DROP TABLE tellings; DROP TABLE hooks; DROP TABLE liveness; DROP TABLE made; DROP TABLE notices; DROP INDEX runs_in_line; ALTER TABLE runs DROP COLUMN order_key; "
            + "ALTER TABLE runs DROP COLUMN order_number; ALTER TABLE runs DROP COLUMN order_strict; ALTER TABLE attempts DROP COLUMN item; "
            + "DROP TABLE search_blocks; DROP TABLE search_slices; DROP TABLE schedules; DROP TABLE plans; DROP TABLE pauses; DROP TABLE audit; ALTER TABLE runs DROP COLUMN replayed_at; ALTER TABLE runs DROP COLUMN replayed_as; ALTER TABLE runs DROP COLUMN effect_generation; ALTER TABLE events DROP COLUMN span; "
            + "DELETE FROM schema_version WHERE version >= 2");

        await ReopenAsync();

        var rows = await Store.HooksAsync(Cancel);
        Assert.Equal(
            [
                new HookArrivals(2, 1, new Sighting("evt_1", Now.AddDays(-3)), new Sighting("evt_3", Now)),
                new HookArrivals(1, 0, new Sighting("evt_4", Now), new Sighting("evt_4", Now)),
            ],
            rows.Select(row => row.Arrivals));
        Assert.Equal((1L, 1L), (rows[0].Duplicates, rows[0].OtherBodies));
        Assert.Null(await Store.LivenessAsync(Cancel));
    }

    private async Task FillAsync(string part, int events)
    {
        var body = new string('x', 20_000);
        foreach (var few in Enumerable.Range(0, events).Chunk(50))
        {
            await Task.WhenAll(few.Select(i => AcceptAsync(Event($"evt_{part}{i:D4}", body: body))));
        }
    }
}
