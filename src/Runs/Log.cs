using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

internal static partial class Log
{
    // Where it failed stands in the store's own line, once: a full disk must not be filled with one trace for each delivery.
    public static void StoreUnavailable(ILogger logger, Exception exception) => StoreUnavailable(logger, exception.Message);

    [LoggerMessage(5001, LogLevel.Error, "store.unavailable {Reason}")]
    private static partial void StoreUnavailable(ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Error, "match.faulted recipe={Recipe} event={Event}")]
    public static partial void MatchFaulted(ILogger logger, string recipe, string @event, Exception exception);

    [LoggerMessage(5003, LogLevel.Warning, "connection.blocked connection={Connection} code={Code}")]
    public static partial void ConnectionBlocked(ILogger logger, string connection, string code);

    [LoggerMessage(5004, LogLevel.Warning, "run.dead-lettered run={Run} recipe={Recipe} step={Step} code={Code}")]
    public static partial void DeadLettered(ILogger logger, string run, string recipe, string step, string code);

    [LoggerMessage(5005, LogLevel.Warning, "run.lease-lost run={Run} epoch={Epoch}: the result is discarded")]
    public static partial void LeaseLost(ILogger logger, string run, long epoch);

    [LoggerMessage(5006, LogLevel.Information, "attempt.finished run={Run} step={Step} connection={Connection} attempt={Number} outcome={Outcome}")]
    public static partial void AttemptFinished(ILogger logger, string run, string step, string connection, int number, string outcome);

    [LoggerMessage(5007, LogLevel.Warning, "run.asking run={Run} recipe={Recipe} step={Step}")]
    public static partial void Asking(ILogger logger, string run, string recipe, string step);

    [LoggerMessage(5008, LogLevel.Information, "claims.stopped under-way={Busy}")]
    public static partial void ClaimsStopped(ILogger logger, int busy);

    [LoggerMessage(5009, LogLevel.Warning, "run.left run={Run}: the process stops, the run goes on after the next start")]
    public static partial void RunLeft(ILogger logger, string run);

    [LoggerMessage(5010, LogLevel.Error, "run.faulted run={Run}")]
    public static partial void RunFaulted(ILogger logger, string run, Exception exception);

    [LoggerMessage(5011, LogLevel.Information, "connection.released connection={Connection} runs={Runs}")]
    public static partial void ConnectionReleased(ILogger logger, string connection, int runs);

    [LoggerMessage(5012, LogLevel.Warning, "accept.too-slow connection={Connection}: a write had begun and did not end before the sender's patience; answered 503")]
    public static partial void AcceptTooSlow(ILogger logger, string connection);

    [LoggerMessage(5022, LogLevel.Information, "retention.done events={Events} runs={Runs} attempts={Attempts} keys={Keys}: {Rest}")]
    public static partial void Forgot(ILogger logger, long events, long runs, long attempts, long keys, string rest);

    [LoggerMessage(5020, LogLevel.Warning, "schedule.dropped recipe={Recipe} dropped={Dropped}: more than {Most} firings were missed, the oldest are let go")]
    public static partial void FiringsDropped(ILogger logger, string recipe, int dropped, int most);

    [LoggerMessage(5021, LogLevel.Warning, "scripts.rest recipe={Recipe} until={Until}: its scripts ended their process {Deaths} times in a short while; its runs wait")]
    public static partial void ScriptsRest(ILogger logger, string recipe, DateTimeOffset until, int deaths);
}
