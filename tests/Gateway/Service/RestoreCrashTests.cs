using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;
using ConnectorHub.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Gateway.Service;

/// <summary>A restore that is killed between any two of its moves.</summary>
public sealed class RestoreCrashTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("connectorhub-restore-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Database => Path.Combine(Data, "hub.db");

    private string Backup => Path.Combine(_folder, "backup.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_after_any_of_its_moves_the_next_start_finishes_it_and_nothing_of_the_old_store_is_lost(int moves)
    {
        await MakeAsync();
        var kept = Restoration.Begin(Database, Now)!;
        DoMoves(moves);

        Assert.Equal(["backed up"], await NamesAsync(Data));

        Assert.False(Restoration.IsHalfDone(Database));
        // The old store, its log with what only stood there, opens as a store of its own.
        var old = Directory.CreateDirectory(Path.Combine(_folder, "old")).FullName;
        foreach (var part in (string[])["", "-wal"])
        {
            File.Copy(kept + part, Path.Combine(old, "hub.db") + part);
        }

        Assert.Equal(["backed up", "later, in the log alone"], await NamesAsync(old));
    }

    [Fact]
    public async Task Killed_before_it_was_decided_the_old_store_is_untouched()
    {
        await MakeAsync();

        Assert.Equal(["backed up", "later, in the log alone"], await NamesAsync(Data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_where_there_was_no_store_before_the_next_start_finishes_it(int moves)
    {
        await MakeAsync();
        foreach (var part in (string[])["-wal", "-shm", ""])
        {
            File.Delete(Database + part);
        }

        Assert.Null(Restoration.Begin(Database, Now));
        DoMoves(moves);

        Assert.Equal(["backed up"], await NamesAsync(Data));
        Assert.Empty(Directory.GetFiles(Data, "*before-restore*"));
    }

    [Fact]
    public async Task A_second_restore_finishes_the_first_and_keeps_both_stores()
    {
        await MakeAsync();
        Restoration.Begin(Database, Now);
        DoMoves(2);

        var facts = StoreBackup.Restore(Data, Backup, new Stopped(), NullLogger.Instance);

        Assert.Equal($"{Database}.before-restore-20261121140000-2", facts.Kept);
        Assert.True(File.Exists($"{Database}.before-restore-20261121140000"));
        Assert.Equal(["backed up"], await NamesAsync(Data));
    }

    [Fact]
    public async Task A_half_done_store_is_not_backed_up()
    {
        await MakeAsync();
        Restoration.Begin(Database, Now);
        DoMoves(1);

        var said = Assert.Throws<IOException>(() => StoreBackup.Make(Data, Path.Combine(_folder, "other.db"))).Message;

        Assert.Equal($"A restore was interrupted in '{Data}'. Start the gateway, which finishes it, and then make the backup.", said);
    }

    private void DoMoves(int count)
    {
        foreach (var move in Restoration.Moves(Database).Take(count))
        {
            move();
        }
    }

    // What a killed gateway leaves: rows that stand in the log alone; and the copy of a backup, ready to take the place.
    private async Task MakeAsync()
    {
        var living = Path.Combine(_folder, "living");
        Directory.CreateDirectory(Data);
        await using var store = await OpenAsync(living);
        await store.AddTokenAsync(new TokenRow("1", "backed up", Now), Cancel);
        StoreBackup.Make(living, Backup);
        await store.AddTokenAsync(new TokenRow("2", "later, in the log alone", Now.AddMinutes(1)), Cancel);
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            File.Copy(Path.Combine(living, "hub.db") + part, Database + part);
        }

        File.Copy(Backup, Restoration.Draft(Database));
    }

    private static async Task<string[]> NamesAsync(string folder)
    {
        await using var store = await OpenAsync(folder);
        return [.. (await store.TokensAsync(Cancel)).Select(token => token.Name)];
    }

    private static Task<SqliteHubStore> OpenAsync(string folder) =>
        SqliteHubStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System, NullLogger.Instance, Cancel);

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
