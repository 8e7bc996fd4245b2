using ConnectorHub.Runs.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Tells what the store cannot do at all from what one statement did wrong.</summary>
internal static class StoreFailure
{
    /// <summary>I/O error, full disk, corruption, and their faces when a file is opened or its file system turned read-only.</summary>
    public static bool Is(Exception exception) => exception is StoreUnavailableException or SqliteException
    {
        SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PROTOCOL,
    };

    /// <summary>A new one for each caller: an exception that many tasks throw at once has no stack trace worth reading.</summary>
    public static StoreUnavailableException From(Exception exception)
    {
        if (exception is StoreUnavailableException { InnerException: null } told)
        {
            return new StoreUnavailableException(told.Message);
        }

        var cause = exception is StoreUnavailableException { InnerException: { } inner } ? inner : exception;
        return new StoreUnavailableException(
            $"CH5003: the store cannot commit: {cause.Message} Check the disk of the data folder; the store tries again by itself.",
            cause);
    }

    /// <summary>What the caller of one wrong write is told.</summary>
    public static Exception OfOneWrite(Exception exception) => exception is SqliteException
        ? new InvalidOperationException($"CH5005: the store refused this write and kept nothing of it: {exception.Message}", exception)
        : exception;
}
