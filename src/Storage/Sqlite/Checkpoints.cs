using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// When the write-ahead log is copied into the database: by the writer alone, when it has nothing to do or the log has grown.
/// SQLite's own automatic copy would do it in the middle of a commit that callers wait for.
/// </summary>
internal sealed class Checkpoints(long everyBytes, ILogger logger)
{
    // Passive copying never empties a log that some reader always looks at; past this many times the limit readers are waited for.
    private const int LimitsBeforeWaiting = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private long _sinceLast;
    private long _left;

    public bool IsPending => _sinceLast > 0 || _left > 0;

    public void Committed(Session session)
    {
        _sinceLast += session.TakeBytesWritten();
        if (_sinceLast >= everyBytes)
        {
            Copy(session, _left >= LimitsBeforeWaiting * everyBytes ? raw.SQLITE_CHECKPOINT_RESTART : raw.SQLITE_CHECKPOINT_PASSIVE);
        }
    }

    public void Idle(Session session) => Copy(session, raw.SQLITE_CHECKPOINT_PASSIVE);

    private void Copy(Session session, int mode)
    {
        var (code, left) = session.Checkpoint(mode, Patience);
        _sinceLast = 0;
        _left = code == raw.SQLITE_OK ? left : _left + everyBytes;
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            Log.CheckpointFailed(logger, code, _left);
        }
    }
}
