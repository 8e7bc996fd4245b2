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

    /// <summary>Hashes of the versions that were in use before this process.</summary>
    public IReadOnlySet<string> KeptHashes { get; private set; } = new HashSet<string>();

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var kept = await store.KeptRecipesAsync(cancellationToken).ConfigureAwait(false);
        KeptHashes = kept.Select(recipe => recipe.Hash).ToHashSet(StringComparer.Ordinal);
        var loader = new RecipeLoader(connectors.All, setup.ConnectorsByConnection, HubZone.Find(setup.Settings.Hub.Zone), scripts.CheckAsync, Values.Value.Missing)
        {
            GiveUpAfter = setup.Settings.Runs.GiveUpAfter,
        };
        _folder = new RecipeFolder(setup.Settings.Hub.RecipesFolder, loader, time, [.. kept.Select(recipe => (recipe.Id, recipe.Text))]);
        await _folder.RefreshAsync(cancellationToken).ConfigureAwait(false);
        _recipes = new HubRecipes(_folder, loader);
    }

    public void Dispose() => _folder?.Dispose();
}
