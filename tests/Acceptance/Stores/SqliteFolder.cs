using ConnectorHub.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>A data folder of its own for one test, gone afterwards.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("connectorhub-store-");

    public SqliteFolder() => Options = new SqliteStoreOptions
    {
        DataFolder = Path.Combine(_parent.FullName, "data"),
        ProbeInterval = TimeSpan.FromMilliseconds(5),
    };

    public SqliteStoreOptions Options { get; }

    public string File => Path.Combine(Options.DataFolder, "hub.db");

    public Task<SqliteHubStore> OpenAsync(DateTimeOffset now) =>
        SqliteHubStore.OpenAsync(Options, new StoppedClock(now), NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>A connection beside the store's own: what an operator with a SQLite shell has.</summary>
    public SqliteConnection OpenBeside()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA wal_autocheckpoint = 0");
        return connection;
    }

    public void ExecuteBeside(string sql)
    {
        using var connection = OpenBeside();
        Execute(connection, sql);
    }

    public object? AskBeside(string sql)
    {
        using var connection = OpenBeside();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => _parent.Delete(recursive: true);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
