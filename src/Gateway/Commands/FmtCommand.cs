using System.CommandLine;
using ConnectorHub.Gateway.Commands.Formats;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>fmt</c>: recipe files in canonical form.</summary>
internal static class FmtCommand
{
    public const string Name = "fmt";

    private const string StandardInput = "-";

    public static Command Build()
    {
        var files = CheckCommand.FilesArgument();
        files.Description = "Recipe files or folders; without any, the recipe folder of the settings. '-' reads a recipe and prints it.";
        var check = new Option<bool>("--check") { Description = "Change nothing; name the files that are not in canonical form." };
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var command = new Command(Name, "Put recipe files into canonical form: order of keys, indentation, quotes. Exit code 0: done, 1: a file was left alone or --check names one, 2: could not look.")
        {
            files, check, diff,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var named = parsed.GetValue(files)!;
            var run = new FormatRun(Console.Out, Console.Error, parsed.GetValue(check), parsed.GetValue(diff));
            if (!named.Contains(StandardInput))
            {
                return await run.FilesAsync(Found(setup, named), cancellationToken).ConfigureAwait(false);
            }

            return named.Length == 1
                ? await run.TextAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken).ConfigureAwait(false)
                : throw new CommandFailedException("'-' stands by itself: it reads one recipe and prints it. Leave out the other files.");
        });
        return command;
    }

    private static IReadOnlyList<FileToFormat> Found(HubSetup setup, string[] named)
    {
        var found = new Dictionary<string, FileToFormat>(StringComparer.Ordinal);
        foreach (var group in RecipeFiles.ByFolder(setup, named))
        {
            var folder = RecipeFiles.FolderFor(setup, group);
            foreach (var path in group.Count > 0 && File.Exists(group[0]) ? group : RecipeFolder.FilesOf(folder))
            {
                var full = Path.GetFullPath(path);
                var shown = Path.GetRelativePath(Environment.CurrentDirectory, full).Replace('\\', '/');
                found.TryAdd(full, new FileToFormat(full, shown, RecipeFolder.IsShared(folder, full)));
            }
        }

        return [.. found.Values.OrderBy(file => file.Shown, StringComparer.Ordinal)];
    }
}
