using System.CommandLine;
using ConnectorHub.Gateway.Commands.Checks;
using ConnectorHub.Gateway.Hosting;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>check</c>: everything that is wrong with the recipes, at once.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    /// <summary>The exit code where the recipes were not looked at: a file that is not there, settings that cannot be read.</summary>
    public const int CouldNotRun = 2;

    public static Command Build()
    {
        var files = FilesArgument();
        var sarif = new Option<bool>("--sarif") { Description = "Print SARIF 2.1.0, for code reviews and pipelines." };
        var strict = new Option<bool>("--strict") { Description = "Answer with exit code 1 for warnings too." };
        var command = new Command(Name, "Read recipe files and say all that is wrong with them. Exit code 0: no errors, 1: errors, 2: could not look.")
        {
            files, HubCommands.AsJson, sarif, strict,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await ReadAsync(HubCommands.Setup(parsed, optional: true), parsed.GetValue(files)!, cancellationToken).ConfigureAwait(false);
            var text = (parsed.GetValue(HubCommands.AsJson), parsed.GetValue(sarif)) switch
            {
                (true, true) => throw new CommandFailedException("--json and --sarif are two ways to print the same. Choose one."),
                (true, _) => ReportAsJson.Write(report),
                (_, true) => ReportAsSarif.Write(report),
                _ => report.ToString(),
            };
            await Console.Out.WriteLineAsync(text).ConfigureAwait(false);
            return report.ExitCode(parsed.GetValue(strict));
        });
        return command;
    }

    public static Argument<string[]> FilesArgument() => new("files")
    {
        Description = "Recipe files or folders; without any, the recipe folder of the settings.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The findings of recipes that are loaded already.</summary>
    public static CheckReport ReportOf(RecipeFiles recipes)
    {
        var report = new CheckReport();
        Add(report, recipes);
        return report;
    }

    private static async Task<CheckReport> ReadAsync(HubSetup setup, string[] files, CancellationToken cancellationToken)
    {
        var report = new CheckReport();
        foreach (var group in RecipeFiles.ByFolder(setup, files))
        {
            var recipes = await RecipeFiles.LoadAsync(setup, group, cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                Add(report, recipes);
            }
        }

        return report;
    }

    private static void Add(CheckReport report, RecipeFiles recipes)
    {
        report.Add(recipes.Folder.Book.FolderFindings, recipes.PlaceOf);
        foreach (var entry in recipes.Entries)
        {
            report.Recipes++;
            report.Add(entry.Findings, recipes.PlaceOf);
        }
    }
}
