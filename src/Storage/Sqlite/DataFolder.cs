using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>The data folder, held by this process until disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The name of the database file.</summary>
    public const string FileName = "hub.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        _lock = held;
        Database = Path.Combine(path, FileName);
    }

    /// <summary>The path of the database file; it exists, possibly empty.</summary>
    public string Database { get; }

    public static DataFolder Open(string path, ILogger logger)
    {
        Create(path, logger);
        var folder = new DataFolder(path, Lock(path));
        try
        {
            FinishRestore(folder.Database, logger);
            // SQLite gives its log and index files the mode of the database file.
            using var _ = new FileStream(folder.Database, Owned(FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        return folder;
    }

    public void Dispose() => _lock.Dispose();

    private static void FinishRestore(string store, ILogger logger)
    {
        if (!Restoration.IsHalfDone(store))
        {
            return;
        }

        foreach (var move in Restoration.Moves(store))
        {
            move();
        }

        Log.RestoreFinished(logger, store);
    }

    private static void Create(string path, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerFolder);
        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerFolder) != 0)
        {
            Log.FolderIsOpen(logger, path, mode);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "hub.lock"), Owned(FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new DataFolderInUseException(path, exception);
        }
    }

    // .NET reports a lock held elsewhere as a plain IOException: EAGAIN (Linux 11, macOS 35) or Windows' sharing violation.
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>How a file is made that only its owner may read.</summary>
    public static FileStreamOptions Owned(FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
