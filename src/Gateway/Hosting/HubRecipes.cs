using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>The recipe folder as the run engine sees it.</summary>
internal sealed class HubRecipes(RecipeFolder folder, RecipeLoader loader) : IRecipes
{
    public RecipeFolder Folder { get; } = folder;

    public RecipeBook Book => Folder.Book;

    public Value Shared => Folder.Book.Shared;

    public ValueTask<LoadedRecipe> CompileAsync(string id, string text, CancellationToken cancellationToken)
        => loader.WithShared(Shared).LoadAsync($"{id}.yaml", id, text, cancellationToken);
}
