using System.CommandLine;
using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>check</c>: everything that is wrong with the recipes, at once.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var files = FilesArgument();
        var command = new Command("check", "Read recipe files and say all that is wrong with them.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var recipes = await RecipeFiles.LoadAsync(setup, parsed.GetValue(files)!, cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return Report(recipes, Console.Out);
            }
        });
        return command;
    }

    public static Argument<string[]> FilesArgument() => new("files")
    {
        Description = "Recipe files or one folder; without any, the recipe folder of the settings.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Prints the findings; 1 where one is an error.</summary>
    public static int Report(RecipeFiles recipes, TextWriter output)
    {
        var (count, errors, warnings) = (0, 0, 0);
        foreach (var entry in recipes.Entries)
        {
            count++;
            foreach (var finding in entry.Findings)
            {
                output.WriteLine(Printer.Clean(finding.ToString()));
                errors += finding.Severity == Severity.Error ? 1 : 0;
                warnings += finding.Severity == Severity.Warning ? 1 : 0;
            }
        }

        output.WriteLine($"{Counted(count, "recipe")}: {Counted(errors, "error")}, {Counted(warnings, "warning")}.");
        return errors > 0 ? 1 : 0;
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? string.Empty : "s")}";
}
