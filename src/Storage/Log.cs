using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Store opened: {File}, SQLite {Version} ({Library})")]
    public static partial void Opened(ILogger logger, string file, string version, string library);

    [LoggerMessage(5002, LogLevel.Information, "{Runs} runs that were under way when the last process ended are due again")]
    public static partial void LeasesVoided(ILogger logger, int runs);

    [LoggerMessage(5003, LogLevel.Error, "The store cannot commit: {Reason}. Writes are refused until a probe write succeeds")]
    public static partial void CannotCommit(ILogger logger, string reason, Exception exception);

    [LoggerMessage(5004, LogLevel.Warning, "The store commits again")]
    public static partial void CommitsAgain(ILogger logger);

    [LoggerMessage(5005, LogLevel.Warning, "One write failed and was left out of its batch")]
    public static partial void WriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(5006, LogLevel.Warning, "The write-ahead log was not copied into the database: SQLite code {Code}, {Bytes} bytes wait")]
    public static partial void CheckpointFailed(ILogger logger, int code, long bytes);

    [LoggerMessage(5007, LogLevel.Warning, "The data folder '{Folder}' can be read by other users ({Mode}); give it mode 0700")]
    public static partial void FolderIsOpen(ILogger logger, string folder, UnixFileMode mode);

    [LoggerMessage(5008, LogLevel.Warning, "The search index is behind: {Reason}. Searches read the events themselves; it goes on with the next events")]
    public static partial void IndexStopped(ILogger logger, string reason);

    [LoggerMessage(5010, LogLevel.Warning, "A restore that was interrupted has been finished: {File} is the backup now, and the store before it is kept beside it")]
    public static partial void RestoreFinished(ILogger logger, string file);
}
