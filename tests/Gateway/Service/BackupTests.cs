using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Gateway.Service;

/// <summary>The store as one file, and back.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private static readonly TimeProvider Clock = new FixedClock();

    private readonly string _folder = Directory.CreateTempSubdirectory("connectorhub-backup-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Backup => Path.Combine(_folder, "backup.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_of_a_running_store_holds_one_whole_state_and_comes_back_by_restore()
    {
        await using (var store = await OpenAsync())
        {
            await KeepAsync(store, "before");
            Assert.Equal((0, 0, null), Facts(StoreBackup.Make(Data, Backup)));
            await KeepAsync(store, "after");
            Assert.Throws<DataFolderInUseException>(() => StoreBackup.Restore(Data, Backup, Clock, NullLogger.Instance));
        }

        var facts = StoreBackup.Restore(Data, Backup, Clock, NullLogger.Instance);

        Assert.Equal(Path.Combine(Data, "hub.db.before-restore-20261121140000"), facts.Kept);
        Assert.True(File.Exists(facts.Kept));
        await using var restored = await OpenAsync();
        Assert.Equal("before", Assert.Single(await restored.TokensAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task A_compact_backup_leaves_out_the_place_of_what_was_removed()
    {
        await using var store = await OpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        var events = Enumerable.Range(0, 40).Select(i => new IncomingEvent($"evt_{i:d2}", "s", "t", null, Now, null, null, false, new byte[50_000], [], [])).ToList();
        await store.AcceptAsync(new Delivery("main", "", Now.AddDays(-2), events), cancel);
        await foreach (var _ in store.ForgetAsync(new KeptSince(Now, Now), Now, cancel))
        {
        }

        var facts = StoreBackup.Make(Data, Backup, compact: true);

        Assert.Equal(1, facts.Events);
        Assert.InRange(facts.Bytes, 50_000, 1_000_000);
        Assert.InRange(StoreBackup.Make(Data, Backup + ".2").Bytes, 2_000_000, long.MaxValue);
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_alone_and_overwrites_nothing()
    {
        await using var store = await OpenAsync();
        StoreBackup.Make(Data, Backup);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        }

        Assert.Contains("is there already", Assert.Throws<IOException>(() => StoreBackup.Make(Data, Backup)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists($"{Backup}.partial"));
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_and_the_store_stays_as_it_was()
    {
        await using (var store = await OpenAsync())
        {
            await KeepAsync(store, "before");
        }

        await File.WriteAllTextAsync(Backup, new string('x', 8192), TestContext.Current.CancellationToken);
        Assert.Throws<IOException>(() => StoreBackup.Restore(Data, Backup, Clock, NullLogger.Instance));
        await using var again = await OpenAsync();
        Assert.Single(await again.TokensAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_a_store_there_is_nothing_to_back_up() =>
        Assert.Contains("There is no store in", Assert.Throws<IOException>(() => StoreBackup.Make(Data, Backup)).Message, StringComparison.Ordinal);

    private static (long Events, long Unfinished, string? Kept) Facts(BackupFacts facts) => (facts.Events, facts.Unfinished, facts.Kept);

    private Task<SqliteHubStore> OpenAsync() =>
        SqliteHubStore.OpenAsync(new SqliteStoreOptions { DataFolder = Data }, Clock, NullLogger.Instance, TestContext.Current.CancellationToken);

    private static Task KeepAsync(SqliteHubStore store, string name) =>
        store.AddTokenAsync(new TokenRow(name, name, Now), TestContext.Current.CancellationToken);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
