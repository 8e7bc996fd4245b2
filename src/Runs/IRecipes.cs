using ConnectorHub.Recipes;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>The recipes as they are now.</summary>
public interface IRecipes
{
    /// <summary>All of them, a snapshot.</summary>
    RecipeBook Book { get; }

    /// <summary>The values of <c>shared.yaml</c>.</summary>
    Value Shared { get; }

    /// <summary>Compiles the text of an earlier version, for runs that are pinned to it.</summary>
    ValueTask<LoadedRecipe> CompileAsync(string id, string text, CancellationToken cancellationToken);
}
