namespace ConnectorHub.Storage;

/// <summary>How the SQLite store is opened and paced.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The folder that holds the database and its lock; created for this user only where it is missing.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Operations in one transaction at most.</summary>
    public int MaxBatch { get; set; } = 256;

    /// <summary>
    /// How long the writer waits for company before it commits. Zero: it takes what queued up during the last commit, which
    /// measures best where a sync takes less than some milliseconds.
    /// </summary>
    public TimeSpan BatchWait { get; set; } = TimeSpan.Zero;

    /// <summary>Operations that may wait for the writer; further callers wait for room until they are cancelled.</summary>
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>Reads that run at the same time.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>Bytes in the write-ahead log after which the writer copies them into the database even under load.</summary>
    public long CheckpointBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How often a store that cannot commit tries again.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The database stops growing here as if the disk were full; null: it grows until the disk is full.</summary>
    public long? MaxFileBytes { get; set; }

    /// <summary>Events a text search looks at before it gives up, newest first.</summary>
    public int SearchDepth { get; set; } = 20_000;

    /// <summary>Events in one block of the search index.</summary>
    public int SearchBlock { get; set; } = 1024;

    /// <summary>How much of one core the search index may take while it is made, from 0 (no index) to 1.</summary>
    public double IndexShare { get; set; } = 0.2;
}
