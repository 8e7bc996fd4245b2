using System.Collections.Concurrent;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>Compiled recipes by hash: the live ones from the book, earlier ones compiled again from the text the store kept.</summary>
internal sealed class RecipeVersions(IRecipes recipes, IHubStore store)
{
    private const int MostKept = 1000;
    private readonly ConcurrentDictionary<(string Id, string Hash), Recipe> _earlier = new();

    public async ValueTask<Recipe?> FindAsync(string id, string hash, CancellationToken cancellationToken)
    {
        if (recipes.Book.Find(id)?.Live is { } live && live.Hash == hash)
        {
            return live;
        }

        if (_earlier.TryGetValue((id, hash), out var kept))
        {
            return kept;
        }

        if (await store.RecipeTextAsync(hash, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        var loaded = await recipes.CompileAsync(id, text, cancellationToken).ConfigureAwait(false);
        if (loaded.Recipe is { } recipe)
        {
            if (_earlier.Count >= MostKept)
            {
                _earlier.Clear();
            }

            _earlier[(id, hash)] = recipe;
        }

        return loaded.Recipe;
    }
}
