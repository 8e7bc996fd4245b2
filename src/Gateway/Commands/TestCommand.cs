using System.CommandLine;
using ConnectorHub.Connectors;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>test</c>: the tests inside the recipes, without touching the network.</summary>
internal static class TestCommand
{
    public static Command Build()
    {
        var files = CheckCommand.FilesArgument();
        var command = new Command("test", "Run the tests inside recipe files; nothing is sent.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var recipes = await RecipeFiles.LoadAsync(setup, parsed.GetValue(files)!, cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return await RunAsync(recipes, Console.Out, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(RecipeFiles recipes, TextWriter output, CancellationToken cancellationToken)
    {
        var tester = new RecipeTester(new ConnectorBook(ConnectorCatalog.All), recipes.Scripts, recipes.Folder.Book.Shared, TimeProvider.System);
        var (passed, failed, untested) = (0, 0, 0);
        foreach (var entry in recipes.Entries)
        {
            if (entry.Live is not { } recipe || entry.Findings.Any(finding => finding.Severity == Recipes.Severity.Error))
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
                    await output.WriteLineAsync($"       {Printer.Clean(problem)}").ConfigureAwait(false);
                }

                passed += result.Passed ? 1 : 0;
                failed += result.Passed ? 0 : 1;
            }
        }

        var note = untested == 0 ? string.Empty : $", {untested} recipe(s) without a test";
        await output.WriteLineAsync($"{passed} passed, {failed} failed{note}").ConfigureAwait(false);
        return failed > 0 ? 1 : 0;
    }
}
