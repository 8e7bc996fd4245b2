using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>test --watch</c>: the tests of what changed, each time it changes.</summary>
internal static class RecipeWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until it is asked to stop; 0, whatever the tests came to.</summary>
    /// <param name="test">Tests some of the recipes.</param>
    public static async Task<int> RunAsync(RecipeFiles recipes, Func<IReadOnlyList<BookEntry>, Task> test, TextWriter output, CancellationToken cancellationToken)
    {
        await test([.. recipes.Entries]).ConfigureAwait(false);
        await output.WriteLineAsync("Watching; save a recipe to test it again. Stop with Ctrl+C.").ConfigureAwait(false);
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var changed = await recipes.Folder.RefreshAsync(cancellationToken).ConfigureAwait(false) ? Changed(recipes) : [];
                if (changed.Count > 0)
                {
                    await output.WriteLineAsync($"\n--- {string.Join(", ", changed.Select(entry => entry.File))}").ConfigureAwait(false);
                    await test(changed).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how a watch ends.
        }

        return 0;
    }

    private static IReadOnlyList<BookEntry> Changed(RecipeFiles recipes)
    {
        var ids = recipes.Folder.LastChanges.Where(change => change.Kind != BookChangeKind.Removed).Select(change => change.Id).ToHashSet(StringComparer.Ordinal);
        return [.. recipes.Entries.Where(entry => ids.Contains(entry.Id))];
    }
}
