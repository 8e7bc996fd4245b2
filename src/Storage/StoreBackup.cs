using ConnectorHub.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage;

/// <summary>What a backup holds.</summary>
/// <param name="Unfinished">Runs that were neither ended nor given up.</param>
/// <param name="Kept">After a restore: where the store went that was there before; null where there was none.</param>
public sealed record BackupFacts(long Events, long Unfinished, long Bytes, string? Kept = null);

/// <summary>
/// Copies the store into one file and back, by SQLite's own online backup: one state of it, whole, while the gateway goes on writing.
/// </summary>
public static class StoreBackup
{
    private const int NotADatabase = 26;

    private const string Unfinished = "SELECT coalesce(sum(runs), 0) FROM run_counts WHERE state BETWEEN 0 AND 4";

    /// <summary>Copies the store of a data folder; the file must not be there yet.</summary>
    /// <param name="compact">Written anew, without the free places of what was removed: smaller, slower.</param>
    /// <exception cref="IOException">There is no store, or it cannot be read or written.</exception>
    public static BackupFacts Make(string dataFolder, string file, bool compact = false)
    {
        var store = Path.Combine(dataFolder, DataFolder.FileName);
        if (Restoration.IsHalfDone(store))
        {
            throw new IOException($"A restore was interrupted in '{dataFolder}'. Start the gateway, which finishes it, and then make the backup.");
        }

        if (!File.Exists(store))
        {
            throw new IOException($"There is no store in '{dataFolder}'.");
        }

        if (File.Exists(file))
        {
            throw new IOException($"'{file}' is there already. Name another file, or remove it.");
        }

        return OrUnavailable(store, () =>
        {
            var facts = Copy(store, file + ".partial", compact);
            File.Move(file + ".partial", file);
            return facts;
        });
    }

    /// <summary>Puts a backup in the store's place. The store that was there is kept beside it.</summary>
    /// <exception cref="DataFolderInUseException">A gateway runs.</exception>
    public static BackupFacts Restore(string dataFolder, string file, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (!File.Exists(file))
        {
            throw new IOException($"There is no file '{file}'.");
        }

        using var folder = DataFolder.Open(dataFolder, logger);
        return OrUnavailable(file, () =>
        {
            var facts = Copy(file, Restoration.Draft(folder.Database), compact: false);
            var kept = Restoration.Begin(folder.Database, time.GetUtcNow());
            foreach (var move in Restoration.Moves(folder.Database))
            {
                move();
            }

            return facts with { Kept = kept };
        });
    }

    private static BackupFacts Copy(string from, string to, bool compact)
    {
        _ = SqliteLibrary.Version;
        File.Delete(to);
        using (new FileStream(to, DataFolder.Owned(FileAccess.ReadWrite, FileShare.None)))
        {
            // Made for its owner alone, before anything is in it.
        }

        // Nothing is written to the source, but SQLite opens what it writes anew in the source's mode.
        using var source = Open(from, compact ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly);
        if (Ask(source, "SELECT count(*) FROM sqlite_master WHERE name IN ('schema_version', 'run_counts')") is not 2L)
        {
            throw new IOException($"'{from}' is not a backup of a hub's store.");
        }

        if (Ask(source, "SELECT max(version) FROM schema_version") is long version && version > Schema.Newest)
        {
            throw new StoreVersionException(from, version, Schema.Newest);
        }

        if (compact)
        {
            WriteAnew(source, to);
        }

        using var target = Open(to, SqliteOpenMode.ReadWrite);
        if (!compact)
        {
            source.BackupDatabase(target);
        }

        // One file that needs no log beside it.
        Ask(target, "PRAGMA journal_mode = DELETE");
        if (Ask(target, "PRAGMA quick_check") is not "ok")
        {
            throw new IOException($"'{from}' is damaged: SQLite's check of the copy failed.");
        }

        return new BackupFacts(
            (long)Ask(target, "SELECT events FROM event_count")!,
            (long)Ask(target, Unfinished)!,
            new FileInfo(to).Length);
    }

    private static void WriteAnew(SqliteConnection source, string to)
    {
        using var command = source.CreateCommand();
        command.CommandText = "VACUUM INTO $to";
        command.Parameters.AddWithValue("$to", to);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static BackupFacts OrUnavailable(string from, Func<BackupFacts> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == NotADatabase)
        {
            throw new IOException($"'{from}' is not a backup of a hub's store.", exception);
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The store cannot be copied: {exception.Message}", exception);
        }
    }
}
