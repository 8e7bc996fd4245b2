namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>
/// What a killed process leaves. From the moment it is made, the database's file stays as it is and every write goes to the end of the write-ahead log:
/// the log up to any byte, beside that file, is what is on the disk when a process ends there.
/// </summary>
internal sealed class KilledFolder : IDisposable
{
    private readonly byte[] _database;
    private readonly string _log;
    private readonly Microsoft.Data.Sqlite.SqliteConnection _reader;

    /// <param name="folder">Nobody has it open.</param>
    public KilledFolder(SqliteFolder folder)
    {
        _database = File.ReadAllBytes(folder.File);
        _log = folder.File + "-wal";
        _reader = folder.OpenBeside();
        // Whoever looks at the file as it is now keeps the log from being copied into it.
        SqliteFolder.Execute(_reader, "BEGIN; SELECT count(*) FROM events");
    }

    /// <summary>The write-ahead log as it is now.</summary>
    public byte[] Log()
    {
        using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A folder as a process left it that ended when so much of its log was written.</summary>
    public SqliteFolder CutOff(ReadOnlySpan<byte> log)
    {
        var folder = new SqliteFolder();
        Directory.CreateDirectory(folder.Options.DataFolder);
        File.WriteAllBytes(folder.File, _database);
        File.WriteAllBytes(folder.File + "-wal", log);
        return folder;
    }

    public void Dispose() => _reader.Dispose();
}
