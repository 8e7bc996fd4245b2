using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "A script host ended during a script: {Why}. It is replaced", EventName = "script-host.died")]
    public static partial void HostDied(ILogger logger, string why);

    [LoggerMessage(3002, LogLevel.Error, "No script host could be started: {Why} Next try in {Seconds} s", EventName = "script-host.not-started")]
    public static partial void HostNotStarted(ILogger logger, string why, double seconds);

    [LoggerMessage(3003, LogLevel.Error, "The compile process for scripts could not be started: {Why} Scripts in newer JavaScript wait for it", EventName = "script-compiler.not-started")]
    public static partial void CompilerNotStarted(ILogger logger, string why);

    [LoggerMessage(3004, LogLevel.Warning, "A prepared script could not be kept: {Why} It is prepared again after a restart", EventName = "script-lowering.not-kept")]
    public static partial void LoweringNotKept(ILogger logger, string why);
}
