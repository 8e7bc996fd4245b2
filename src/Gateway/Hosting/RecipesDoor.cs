using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Opens the recipe folder with the last good versions the store kept.</summary>
internal sealed class RecipesDoor(HubSetup setup, RunScripts scripts, ConnectorBook connectors, IHubStore store, TimeProvider time) : IDisposable
{
    private HubRecipes? _recipes;
    private RecipeFolder? _folder;

    public HubRecipes Recipes => _recipes ?? throw new InvalidOperationException("The recipes are opened before they are asked for.");

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var kept = await store.KeptRecipesAsync(cancellationToken).ConfigureAwait(false);
        var loader = new RecipeLoader(connectors.All, setup.ConnectorsByConnection, HubZone.Find(setup.Settings.Hub.Zone), scripts.CheckAsync, Values.Value.Missing);
        _folder = new RecipeFolder(setup.Settings.Hub.RecipesFolder, loader, time, [.. kept.Select(recipe => (recipe.Id, recipe.Text))]);
        await _folder.RefreshAsync(cancellationToken).ConfigureAwait(false);
        _recipes = new HubRecipes(_folder, loader);
    }

    public void Dispose() => _folder?.Dispose();
}
