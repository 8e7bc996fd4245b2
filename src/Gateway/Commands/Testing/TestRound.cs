using System.Runtime.CompilerServices;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Gateway.Commands.Testing;

/// <summary>Runs the tests inside recipes, one recipe after the other.</summary>
internal static class TestRound
{
    /// <summary>Runs them, and says of each recipe what came of it as soon as it is known.</summary>
    /// <param name="screen">Null where the report alone is wanted.</param>
    public static async Task<TestReport> RunAsync(RecipeFiles recipes, IEnumerable<BookEntry> entries, ITestScreen? screen, CancellationToken cancellationToken)
    {
        var tested = new List<TestedRecipe>();
        await foreach (var recipe in TestAsync(recipes, entries, cancellationToken).ConfigureAwait(false))
        {
            screen?.Tested(recipe);
            tested.Add(recipe);
        }

        var report = TestReport.Of(tested);
        screen?.Sum(report);
        return report;
    }

    private static async IAsyncEnumerable<TestedRecipe> TestAsync(RecipeFiles recipes, IEnumerable<BookEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tester = new RecipeTester(new ConnectorBook(ConnectorCatalog.All), recipes.Scripts, recipes.Folder.Book.Shared, TimeProvider.System);
        foreach (var entry in entries)
        {
            yield return entry.Live is { } recipe && entry.Findings.All(finding => finding.Severity != Severity.Error)
                ? new TestedRecipe(entry.File, Broken: false, [.. (await tester.RunAsync(recipe, cancellationToken).ConfigureAwait(false)).Select(result => Case(recipe, result))])
                : new TestedRecipe(entry.File, Broken: true, []);
        }
    }

    private static TestedCase Case(Recipe recipe, RecipeTestResult result) => new(result.Name, result.Passed, [.. result.Problems.Select(problem => Problem(recipe, problem))]);

    // A problem begins with file(line): the line itself tells more than its number.
    private static TestProblem Problem(Recipe recipe, string problem)
    {
        var number = problem.StartsWith($"{recipe.File}(", StringComparison.Ordinal) ? problem[(recipe.File.Length + 1)..].Split(')')[0] : string.Empty;
        var lines = recipe.Text.ReplaceLineEndings("\n").Split('\n');
        return int.TryParse(number, out var line) && line > 0 && line <= lines.Length
            ? new TestProblem(problem, line, lines[line - 1].TrimEnd())
            : new TestProblem(problem, null, null);
    }
}
