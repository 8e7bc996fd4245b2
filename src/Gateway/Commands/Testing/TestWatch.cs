using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands.Testing;

/// <summary><c>test --watch</c>: the tests of what changed, each time it changes.</summary>
internal static class TestWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until it is asked to stop; 0, whatever the tests came to.</summary>
    public static async Task<int> RunAsync(RecipeFiles recipes, ITestScreen screen, CancellationToken cancellationToken)
    {
        await TestRound.RunAsync(recipes, [.. recipes.Entries], screen, cancellationToken).ConfigureAwait(false);
        screen.Watching();
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var changed = await recipes.Folder.RefreshAsync(cancellationToken).ConfigureAwait(false) ? Changed(recipes) : [];
                if (changed.Count > 0)
                {
                    screen.Changed(changed.Select(entry => entry.File));
                    await TestRound.RunAsync(recipes, changed, screen, cancellationToken).ConfigureAwait(false);
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
