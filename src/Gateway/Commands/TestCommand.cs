using System.CommandLine;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>test</c>: the tests inside the recipes, without touching the network.</summary>
internal static class TestCommand
{
    public static Command Build()
    {
        var files = CheckCommand.FilesArgument();
        var watch = new Option<bool>("--watch") { Description = "Go on, and test each recipe again when its file changes, until Ctrl+C." };
        var command = new Command("test", "Run the tests inside recipe files; nothing is sent.") { files, watch };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var recipes = await RecipeFiles.LoadAsync(setup, parsed.GetValue(files)!, cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return parsed.GetValue(watch)
                    ? await RecipeWatch.RunAsync(recipes, changed => RunAsync(recipes, changed, Console.Out, cancellationToken), Console.Out, cancellationToken).ConfigureAwait(false)
                    : await RunAsync(recipes, recipes.Entries, Console.Out, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Runs them; 1 where one failed.</summary>
    public static async Task<int> RunAsync(RecipeFiles recipes, IEnumerable<BookEntry> entries, TextWriter output, CancellationToken cancellationToken)
    {
        var tester = new RecipeTester(new ConnectorBook(ConnectorCatalog.All), recipes.Scripts, recipes.Folder.Book.Shared, TimeProvider.System);
        var (passed, failed, untested) = (0, 0, 0);
        foreach (var entry in entries)
        {
            if (entry.Live is not { } recipe || entry.Findings.Any(finding => finding.Severity == Severity.Error))
            {
                await output.WriteLineAsync($"{entry.File}: has errors; see: connectorhub check {entry.File}").ConfigureAwait(false);
                failed++;
                continue;
            }

            untested += recipe.Tests.Count == 0 ? 1 : 0;
            foreach (var result in await tester.RunAsync(recipe, cancellationToken).ConfigureAwait(false))
            {
                await output.WriteLineAsync($"{(result.Passed ? "ok    " : "FAILED")} {result.RecipeFile}: {result.Name}").ConfigureAwait(false);
                foreach (var problem in result.Problems)
                {
                    await output.WriteLineAsync($"       {Printer.Clean(problem, keepLines: true).Replace("\n", "\n       ", StringComparison.Ordinal)}").ConfigureAwait(false);
                    if (LineOf(recipe, problem) is { } line)
                    {
                        await output.WriteLineAsync($"       {line}").ConfigureAwait(false);
                    }
                }

                passed += result.Passed ? 1 : 0;
                failed += result.Passed ? 0 : 1;
            }
        }

        var note = untested == 0 ? string.Empty : $", {untested} recipe(s) without a test";
        await output.WriteLineAsync($"{passed} passed, {failed} failed{note}").ConfigureAwait(false);
        return failed > 0 ? 1 : 0;
    }

    // A problem begins with file(line): the line itself tells more than its number.
    private static string? LineOf(Recipe recipe, string problem)
    {
        var number = problem.StartsWith($"{recipe.File}(", StringComparison.Ordinal) ? problem[(recipe.File.Length + 1)..].Split(')')[0] : string.Empty;
        var lines = recipe.Text.ReplaceLineEndings("\n").Split('\n');
        return int.TryParse(number, out var line) && line > 0 && line <= lines.Length ? $"{line,4} | {Printer.Clean(lines[line - 1].TrimEnd())}" : null;
    }
}
