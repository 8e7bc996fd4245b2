using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>What becomes of writes and reads when the disk, the file or a neighbour does something wrong.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 5, 7, 15, 28, 34, TimeSpan.Zero);

    private readonly SqliteFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_refuses_writes_until_there_is_room_again()
    {
        _folder.Options.MaxFileBytes = 2 * 1024 * 1024;
        await using var store = await _folder.OpenAsync(Now);
        await store.AcceptAsync(Delivery("evt_first"), Cancel);

        var full = await Record.ExceptionAsync(() => FillAsync(store));

        Assert.IsType<StoreUnavailableException>(full);
        Assert.False(store.CanCommit);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AcceptAsync(Delivery("evt_refused"), Cancel));
        Assert.NotNull(await store.FindEventAsync("evt_first", Cancel));
        await LookAroundAsync(store);
        Assert.False(store.CanCommit, "A probe that fits into the last free page has said there is room.");

        _folder.ExecuteBeside("DELETE FROM runs; DELETE FROM events WHERE id <> 'evt_first'");
        await CommitsAgainAsync(store);

        await store.AcceptAsync(Delivery("evt_last"), Cancel);
        Assert.NotNull(await store.FindEventAsync("evt_last", Cancel));
        Assert.Null(await store.FindEventAsync("evt_refused", Cancel));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_batch_that_could_not_be_committed_is_refused_whole_and_kept_by_none()
    {
        _folder.Options.MaxFileBytes = 2 * 1024 * 1024;
        await using var store = await _folder.OpenAsync(Now);

        var writes = Enumerable.Range(0, 60).Select(i => store.AcceptAsync(Delivery($"evt_{i:D2}", new string('x', 100_000)), Cancel)).ToArray();
        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Contains(writes, write => write.IsFaulted);
        for (var i = 0; i < writes.Length; i++)
        {
            var stored = await store.FindEventAsync($"evt_{i:D2}", Cancel);
            Assert.Equal(writes[i].IsCompletedSuccessfully, stored is not null);
            Assert.True(writes[i].IsCompletedSuccessfully || writes[i].Exception!.InnerException is StoreUnavailableException);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_write_cancelled_while_it_waits_is_not_done_and_one_that_has_begun_is()
    {
        _folder.Options.MaxBatch = 1;
        await using var store = await _folder.OpenAsync(Now);
        using var cancel = new CancellationTokenSource();
        Task begun;
        Task waiting;
        using (var neighbour = _folder.OpenBeside())
        {
            SqliteFolder.Execute(neighbour, "BEGIN IMMEDIATE");
            begun = store.AcceptAsync(Delivery("evt_begun"), cancel.Token);
            await TakenByTheWriterAsync(store);
            waiting = store.AcceptAsync(Delivery("evt_waiting"), cancel.Token);

            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.False(begun.IsCompleted);
            SqliteFolder.Execute(neighbour, "ROLLBACK");
        }

        await begun;
        Assert.NotNull(await store.FindEventAsync("evt_begun", Cancel));
        Assert.Null(await store.FindEventAsync("evt_waiting", Cancel));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_caller_for_whom_there_is_no_room_waits_until_it_is_cancelled()
    {
        _folder.Options.QueueCapacity = 1;
        _folder.Options.MaxBatch = 1;
        await using var store = await _folder.OpenAsync(Now);
        using var cancel = new CancellationTokenSource();
        using var neighbour = _folder.OpenBeside();
        SqliteFolder.Execute(neighbour, "BEGIN IMMEDIATE");
        var begun = store.AcceptAsync(Delivery("evt_begun"), CancellationToken.None);
        await TakenByTheWriterAsync(store);
        var writes = Enumerable.Range(0, 4)
            .Select(i => store.AcceptAsync(Delivery($"evt_{i}"), CancellationToken.None))
            .Append(begun)
            .ToList();
        var late = store.AcceptAsync(Delivery("evt_late"), cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        SqliteFolder.Execute(neighbour, "ROLLBACK");

        await Task.WhenAll(writes);
        Assert.Null(await store.FindEventAsync("evt_late", Cancel));
    }

    [Fact]
    public async Task Writes_in_line_are_done_before_the_store_closes_and_none_after()
    {
        var store = await _folder.OpenAsync(Now);
        var writes = Enumerable.Range(0, 300).Select(i => store.AcceptAsync(Delivery($"evt_{i:D3}"), Cancel)).ToArray();

        await store.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AcceptAsync(Delivery("evt_late"), Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.FindEventAsync("evt_000", Cancel));
        await using var again = await _folder.OpenAsync(Now);
        Assert.Equal(300, (await again.CountsAsync(Now, Cancel)).Events);
    }

    [Theory]
    [InlineData("UPDATE events SET decisions = x'5b7b'", "decisions")]
    [InlineData("UPDATE events SET decisions = cast('[[1,2,3]]' AS BLOB)", "decisions")]
    [InlineData("UPDATE events SET received_at = 'yesterday'", "received_at")]
    [InlineData("UPDATE events SET received_at = 9223372036854775807", "received_at")]
    [InlineData("UPDATE events SET test = 7", "test")]
    [InlineData("UPDATE events SET body = 5", "body")]
    public async Task An_event_that_cannot_be_read_is_an_error_that_names_it(string damage, string column)
    {
        await using var store = await _folder.OpenAsync(Now);
        await store.AcceptAsync(Delivery("evt_1"), Cancel);
        _folder.ExecuteBeside(damage);

        var found = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindEventAsync("evt_1", Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ListEventsAsync(new EventQuery(), Cancel));

        Assert.Contains("event 'evt_1'", found.Message, StringComparison.Ordinal);
        Assert.Contains(column, found.Message, StringComparison.Ordinal);
        Assert.True(store.CanCommit);
    }

    [Theory]
    [InlineData("UPDATE runs SET created_at = 'one'")]
    [InlineData("UPDATE runs SET step_index = 9999999999")]
    [InlineData("UPDATE runs SET outputs = 'text'")]
    public async Task A_run_that_cannot_be_read_fails_its_claim_and_no_other(string damage)
    {
        await using var store = await _folder.OpenAsync(Now);
        await store.AcceptAsync(Delivery("evt_1"), Cancel);
        _folder.ExecuteBeside(damage);
        await store.AcceptAsync(Delivery("evt_2"), Cancel);

        var bad = store.ClaimAsync(Claim("run_evt_1"), Cancel);
        var good = store.ClaimAsync(Claim("run_evt_2"), Cancel);

        Assert.Contains("run 'run_evt_1'", (await Assert.ThrowsAsync<InvalidDataException>(() => bad)).Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Running, (await good)!.State);
        Assert.Equal(0L, _folder.AskBeside("SELECT state FROM runs WHERE id = 'run_evt_1'"));
    }

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        await (await _folder.OpenAsync(Now)).DisposeAsync();
        _folder.ExecuteBeside("INSERT INTO schema_version VALUES (1000, 0)");

        var refusal = await Assert.ThrowsAsync<StoreVersionException>(() => _folder.OpenAsync(Now));

        Assert.Contains("CH5002", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 1000", refusal.Message, StringComparison.Ordinal);
        _folder.ExecuteBeside("DELETE FROM schema_version WHERE version = 1000");
        await using var again = await _folder.OpenAsync(Now);
        Assert.True(again.CanCommit);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_refused()
    {
        await File.WriteAllTextAsync(_folder.Options.DataFolder, "in the way", Cancel);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _folder.OpenAsync(Now));
    }

    [Fact]
    public async Task A_store_may_be_closed_twice()
    {
        var store = await _folder.OpenAsync(Now);

        await store.DisposeAsync();
        await store.DisposeAsync();

        await using var next = await _folder.OpenAsync(Now);
        Assert.True(next.CanCommit);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused()
    {
        Directory.CreateDirectory(_folder.Options.DataFolder);
        await File.WriteAllTextAsync(_folder.File, string.Join('\n', Enumerable.Repeat("This is a diary.", 500)), Cancel);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _folder.OpenAsync(Now));

        Assert.StartsWith("This is a diary.", await File.ReadAllTextAsync(_folder.File, Cancel), StringComparison.Ordinal);
    }

    private static RunClaim Claim(string run) => new(run, "gateway-1", Now, Now.AddSeconds(60));

    private static Delivery Delivery(string id, string body = "{}") => new("meltingspot-main", "", Now, [new IncomingEvent(
        id, "meltingspot", "member.joined", null, Now, null, null, false, System.Text.Encoding.UTF8.GetBytes(body),
        [new Decision("team/welcome", "hash-1", DecisionVerdict.Taken, 3, "")],
        [new PlannedRun($"run_{id}", "team/welcome", "hash-1", "name: welcome", false, null, null, null, null)])]);

    private static async Task FillAsync(SqliteHubStore store)
    {
        for (var i = 0; i < 1000; i++)
        {
            await store.AcceptAsync(Delivery($"evt_{i:D4}", new string('x', 50_000)), Cancel);
        }
    }

    // Takes longer than many probes do.
    private static async Task LookAroundAsync(SqliteHubStore store)
    {
        for (var i = 0; i < 500; i++)
        {
            await store.ListEventsAsync(new EventQuery(Text: "nowhere"), Cancel);
        }
    }

    private static async Task CommitsAgainAsync(SqliteHubStore store)
    {
        while (!store.CanCommit)
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    // The neighbour's lock holds the writer at the beginning of its transaction, so that what is added next stays in line.
    private static async Task TakenByTheWriterAsync(SqliteHubStore store)
    {
        while (store.WaitingWrites > 0)
        {
            await Task.Yield();
        }
    }
}
