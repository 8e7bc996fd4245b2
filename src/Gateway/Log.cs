using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "gateway.ready hooks={Listen} admin={Admin} recipes={Recipes} live={Live}")]
    public static partial void Ready(ILogger logger, string listen, string admin, int recipes, int live);

    [LoggerMessage(6002, LogLevel.Information, "gateway.first-token file={File}")]
    public static partial void FirstToken(ILogger logger, string file);

    [LoggerMessage(6003, LogLevel.Information, "recipe.changed recipe={Recipe} change={Change}")]
    public static partial void RecipeChanged(ILogger logger, string recipe, BookChangeKind change);

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
}
