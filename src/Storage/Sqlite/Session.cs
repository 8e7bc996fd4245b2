using ConnectorHub.Runs.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private const int PageSize = 4096;
    private const int PagesWrittenCounter = 9;
    private const int BusyMilliseconds = 5000;

    // A log that a long read let grow is cut back to this many times its usual size when it is used again from the start.
    private const int LogSizesKept = 4;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;

    // By reference: every text used with Query is a constant.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    private int _arrivals;

    private Session(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle ?? throw new InvalidOperationException("A session needs an open connection.");
    }

    /// <summary>Texts of recipes known to be stored, so that they are written once and not with every run.</summary>
    public KnownHashes Recipes { get; } = new();

    /// <summary>The newest event that a search block was ever made of, or a newer one; null: not looked up yet.</summary>
    public string? Searched { get; set; }

    /// <summary>Events that were written since it was last asked, those of a transaction that was rolled back included.</summary>
    public int TakeArrivals()
    {
        var arrivals = _arrivals;
        _arrivals = 0;
        return arrivals;
    }

    public void CountArrival() => _arrivals++;

    /// <summary>The one connection that writes.</summary>
    /// <exception cref="StoreUnavailableException">The file system cannot hold a write-ahead log.</exception>
    public static Session OpenWriter(string file, SqliteStoreOptions options)
    {
        var session = Open(file, SqliteOpenMode.ReadWrite);
        try
        {
            session.Execute("PRAGMA page_size = 4096");
            session.UseLog();
            session.Execute($"PRAGMA journal_size_limit = {LogSizesKept * options.CheckpointBytes}");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA foreign_keys = ON");
            session.Execute("PRAGMA wal_autocheckpoint = 0");
            session.Execute("PRAGMA cache_size = -32768");
            // Distributions differ in the default of this one; FAST is the mode without extra writes.
            session.Execute("PRAGMA secure_delete = FAST");
            if (options.MaxFileBytes is { } bytes)
            {
                session.Execute($"PRAGMA max_page_count = {Math.Max(1, bytes / PageSize)}");
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return session;
    }

    public static Session OpenReader(string file) => Open(file, SqliteOpenMode.ReadOnly);

    /// <summary>A statement kept for the next time; <paramref name="sql"/> must be a constant.</summary>
    public Statement Query(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(_database, sql, kept: true);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>A statement for once, for texts that are put together.</summary>
    public Statement QueryOnce(string sql) => new(_database, sql, kept: false);

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_database, sql);
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }

    public void Begin() => Run("BEGIN IMMEDIATE");

    public void Commit()
    {
        Run("COMMIT");
        Recipes.Commit();
    }

    public void Rollback()
    {
        Recipes.Rollback();
        // Some errors have rolled back already.
        if (IsInTransaction)
        {
            Run("ROLLBACK");
        }
    }

    /// <summary>Several statements that must see the same state.</summary>
    public TAnswer InSnapshot<TInput, TAnswer>(TInput input, Func<Session, TInput, TAnswer> read)
    {
        Run("BEGIN");
        try
        {
            return read(this, input);
        }
        finally
        {
            Run("COMMIT");
        }
    }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    public void Run(string sql)
    {
        using var statement = Query(sql);
        statement.Run();
    }

    /// <summary>Bytes this connection wrote to the log since it was last asked.</summary>
    public long TakeBytesWritten()
    {
        _ = raw.sqlite3_db_status(_database, PagesWrittenCounter, out var pages, out _, 1);
        return (long)pages * PageSize;
    }

    /// <summary>Copies the log into the database; answers SQLite's code and the bytes still in the log and not copied.</summary>
    public (int Code, long Left) Checkpoint(int mode, TimeSpan patience)
    {
        _ = raw.sqlite3_busy_timeout(_database, (int)patience.TotalMilliseconds);
        var code = raw.sqlite3_wal_checkpoint_v2(_database, "main", mode, out var frames, out var copied);
        _ = raw.sqlite3_busy_timeout(_database, BusyMilliseconds);
        return (code, Math.Max(0, frames - copied) * (long)PageSize);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    private void UseLog()
    {
        using var query = QueryOnce("PRAGMA journal_mode = WAL");
        query.Step();
        var mode = new Row(query, "the journal mode", "").Text(0);
        if (mode != "wal")
        {
            throw new StoreUnavailableException(
                $"CH5003: the data folder's file system cannot hold a write-ahead log (SQLite chose '{mode}'). Use a local disk.");
        }
    }

    private static Session Open(string file, SqliteOpenMode mode)
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            var session = new Session(connection);
            _ = raw.sqlite3_busy_timeout(session._database, BusyMilliseconds);
            session.Execute("PRAGMA mmap_size = 0");
            session.Execute("PRAGMA temp_store = MEMORY");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
