using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "A script host ended during a script: {Why}. It is replaced", EventName = "script-host.died")]
    public static partial void HostDied(ILogger logger, string why);

    [LoggerMessage(3002, LogLevel.Error, "No script host could be started: {Why} Next try in {Seconds} s", EventName = "script-host.not-started")]
    public static partial void HostNotStarted(ILogger logger, string why, double seconds);
}
