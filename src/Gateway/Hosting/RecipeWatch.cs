using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Looks at the recipe folder and the secret files each second; keeps the last good version of each recipe in the store.</summary>
internal sealed class RecipeWatch(HubRecipes recipes, SettingsConnections connections, IHubStore store, TimeProvider time, ILogger<RecipeWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Says what changed and keeps what loaded.</summary>
    public static async Task KeepAsync(IHubStore store, RecipeFolder folder, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var change in folder.LastChanges)
        {
            var entry = folder.Book.Find(change.Id);
            switch (change.Kind)
            {
                case BookChangeKind.Loaded when entry?.Live is { } recipe:
                    await store.KeepRecipeAsync(new KeptRecipe(recipe.Id, recipe.Hash, recipe.Text), cancellationToken).ConfigureAwait(false);
                    break;
                case BookChangeKind.Removed:
                    await store.ForgetRecipeAsync(change.Id, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    break;
            }

            Log.RecipeChanged(logger, change.Id, change.Kind, entry?.Live is { } live ? RecipeTelling.InShort(live, ConnectorCatalog.All) : string.Empty);
            foreach (var finding in entry?.Findings ?? [])
            {
                Log.RecipeFinding(logger, finding.ToString());
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.WatchStopped(logger);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (connections.Refresh())
            {
                Log.SecretsChanged(logger);
            }

            if (await recipes.Folder.RefreshAsync(cancellationToken).ConfigureAwait(false))
            {
                await KeepAsync(store, recipes.Folder, logger, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException exception)
        {
            Log.RecipeNotKept(logger, exception);
        }
    }
}
