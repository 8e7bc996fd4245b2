using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// A prepared statement. Values are added in the order of their numbers (?1, ?2 …); disposing puts it back to rest, so that its
/// snapshot ends and it can be used again. It speaks to the native library without ADO.NET between, which allocates a reader and
/// looks parameters up by name for every row.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const uint Persistent = 1;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly bool _kept;
    private int _bound;

    public Statement(sqlite3 database, string sql, bool kept)
    {
        _database = database;
        _kept = kept;
        Check(raw.sqlite3_prepare_v3(database, sql, kept ? Persistent : 0, out _statement));
    }

    public Statement Add(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public Statement Add(bool value) => Add(value ? 1 : 0);

    public Statement Add(DateTimeOffset value) => Add(Micros.From(value));

    public Statement Add(DateTimeOffset? value) => Add(Micros.From(value));

    public Statement Add(long? value) => value is { } number ? Add(number) : AddNull();

    public Statement Add(string? value)
    {
        if (value is null)
        {
            return AddNull();
        }

        _bound++;
        if (value.Length == 0)
        {
            // An empty span has no address, and SQLite takes a value without address for NULL.
            Check(raw.sqlite3_bind_text(_statement, _bound, ""));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= 512 ? stackalloc byte[512] : new byte[most];
        var length = Encoding.UTF8.GetBytes(value, bytes);
        Check(raw.sqlite3_bind_text(_statement, _bound, bytes[..length]));
        return this;
    }

    public Statement Add(ReadOnlyMemory<byte> value)
    {
        _bound++;
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, _bound, 0)
            : raw.sqlite3_bind_blob(_statement, _bound, value.Span));
        return this;
    }

    public Statement Add(ReadOnlyMemory<byte>? value) => value is { } bytes ? Add(bytes) : AddNull();

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and answers how many rows the statement itself changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    public bool IsNull(int column) => TypeOf(column) == raw.SQLITE_NULL;

    public bool IsInteger(int column) => TypeOf(column) == raw.SQLITE_INTEGER;

    public bool IsText(int column) => TypeOf(column) == raw.SQLITE_TEXT;

    public bool IsBlob(int column) => TypeOf(column) == raw.SQLITE_BLOB;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of a text or blob, good until the next step: a text may hold a NUL and is not cut there.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public string NameOf(int column) => raw.sqlite3_column_name(_statement, column).utf8_to_string();

    public void Dispose()
    {
        if (!_kept)
        {
            Close();
            return;
        }

        // The code of a failed step comes back from reset; Step has thrown it already.
        _ = raw.sqlite3_reset(_statement);
        if (_bound > 0)
        {
            _ = raw.sqlite3_clear_bindings(_statement);
            _bound = 0;
        }
    }

    public void Close() => _statement.Dispose();

    private Statement AddNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    private int TypeOf(int column) => raw.sqlite3_column_type(_statement, column);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
