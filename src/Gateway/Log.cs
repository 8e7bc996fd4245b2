using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "gateway.ready hooks={Listen} admin={Admin} recipes={Recipes} live={Live}")]
    public static partial void Ready(ILogger logger, string listen, string admin, int recipes, int live);

    [LoggerMessage(6002, LogLevel.Information, "gateway.first-token file={File}")]
    public static partial void FirstToken(ILogger logger, string file);

    [LoggerMessage(6003, LogLevel.Information, "recipe.changed recipe={Recipe} change={Change} {InShort}")]
    public static partial void RecipeChanged(ILogger logger, string recipe, BookChangeKind change, string inShort);

    [LoggerMessage(6004, LogLevel.Warning, "recipe.finding {Finding}")]
    public static partial void RecipeFinding(ILogger logger, string finding);

    [LoggerMessage(6005, LogLevel.Information, "secrets.changed: connections use the new values")]
    public static partial void SecretsChanged(ILogger logger);

    [LoggerMessage(6006, LogLevel.Error, "recipe.not-kept: it is live, but would not survive a restart if it broke")]
    public static partial void RecipeNotKept(ILogger logger, Exception exception);

    [LoggerMessage(6007, LogLevel.Debug, "watch.stopped")]
    public static partial void WatchStopped(ILogger logger);

    [LoggerMessage(6008, LogLevel.Warning, "{Finding}")]
    public static partial void SettingsFinding(ILogger logger, string finding);

    [LoggerMessage(6009, LogLevel.Warning, "recipes.none folder={Folder}: no recipe is there. Events are kept, and nothing is done with them")]
    public static partial void NoRecipes(ILogger logger, string folder);

    [LoggerMessage(6020, LogLevel.Information, "hook.url hook={Hook} url={Url} events={Events} last={Last} refused={Refused}")]
    public static partial void HookUrl(ILogger logger, string hook, string url, long events, string last, string refused);

    [LoggerMessage(6021, LogLevel.Information, "hook.pattern source={Source} url={Url}: each event has its own address; 'hooks' lists all")]
    public static partial void HookPattern(ILogger logger, string source, string url);

    [LoggerMessage(6022, LogLevel.Warning, "hook.address {Hint}")]
    public static partial void AddressHint(ILogger logger, string hint);

    [LoggerMessage(6023, LogLevel.Warning, "gateway.was-down connection={Connection} The gateway was down for {Span}. {Stake}")]
    public static partial void WasDown(ILogger logger, string connection, string span, string stake);

    [LoggerMessage(6024, LogLevel.Warning, "hook.stake hook={Hook} failures={Failures} why={Why} ({Text}) {Stake}")]
    public static partial void AtStake(ILogger logger, string hook, long failures, HookNoteKind why, string text, string stake);

    [LoggerMessage(6025, LogLevel.Warning, "event.other-body hook={Hook} event={Event}: the sender repeated its id with another body; the first one counts")]
    public static partial void OtherBody(ILogger logger, string hook, string @event);

    [LoggerMessage(6026, LogLevel.Warning, "ledger.unreadable hook={Hook}: what was kept of its refusals cannot be read and begins anew")]
    public static partial void LedgerUnreadable(ILogger logger, string hook, Exception exception);
}
