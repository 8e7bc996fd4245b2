using System.CommandLine;
using System.Text;
using ConnectorHub.Gateway.Commands.Formats;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Formatting;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>fmt</c>: recipe files in canonical form.</summary>
internal static class FmtCommand
{
    public const string Name = "fmt";

    private const string StandardInput = "-";

    private static readonly Option<bool> Check = new("--check") { Description = "Change nothing; name the files that are not in canonical form." };
    private static readonly Option<bool> Diff = new("--diff") { Description = "Change nothing; print what would change." };

    public static Command Build()
    {
        var files = CheckCommand.FilesArgument();
        files.Description = "Recipe files or folders; without any, the recipe folder of the settings. '-' reads a recipe and prints it.";
        var command = new Command(Name, "Put recipe files into canonical form: order of keys, indentation, quotes. Exit code 0: done, 1: a file was left alone or --check names one, 2: could not look.")
        {
            files, Check, Diff, HubCommands.AsJson,
        };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(files)! switch
        {
            [StandardInput] => TextAsync(parsed, cancellationToken),
            var named when named.Contains(StandardInput) => throw new CommandFailedException("'-' stands by itself: it reads one recipe and prints it. Leave out the other files."),
            var named => FilesAsync(parsed, Found(HubCommands.Setup(parsed, optional: true), named), cancellationToken),
        });
        return command;
    }

    private static async Task<int> FilesAsync(ParseResult parsed, IReadOnlyList<FileToFormat> files, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(HubCommands.AsJson);
        var run = Run(parsed);
        var done = new List<FormattedFile>(files.Count);
        foreach (var file in files)
        {
            var formatted = await run.FormatAsync(file, cancellationToken).ConfigureAwait(false);
            done.Add(formatted);
            if (!json)
            {
                FormatPrinter.File(Console.Out, formatted);
            }
        }

        await Console.Out.WriteLineAsync(json ? FormatPrinter.Json(done) : FormatPrinter.Summary(done, changes: !parsed.GetValue(Check) && !parsed.GetValue(Diff))).ConfigureAwait(false);
        return run.Fails(done) ? 1 : 0;
    }

    // One recipe in, the same out, for editors: nothing comes out where it could not be read.
    private static async Task<int> TextAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Said also where nothing of it is needed: settings that cannot be read.
        HubCommands.Setup(parsed, optional: true);
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var result = RecipeFormat.Text(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false), StandardInput, isShared: false);
        var run = Run(parsed);
        var look = run.Look(StandardInput, result);
        if (parsed.GetValue(HubCommands.AsJson))
        {
            var wanted = parsed.GetValue(Check) || parsed.GetValue(Diff) ? null : (result as FormatResult.Formatted)?.Text;
            await Console.Out.WriteLineAsync(FormatPrinter.Json([look], wanted)).ConfigureAwait(false);
        }
        else
        {
            await PrintAsync(parsed, look, result, cancellationToken).ConfigureAwait(false);
        }

        return run.Fails([look]) ? 1 : 0;
    }

    private static async Task PrintAsync(ParseResult parsed, FormattedFile look, FormatResult result, CancellationToken cancellationToken)
    {
        foreach (var finding in look.Findings)
        {
            await Console.Error.WriteLineAsync(Printer.Clean(finding.ToString())).ConfigureAwait(false);
        }

        var text = parsed.GetValue(Diff) ? string.Concat(look.Diff.Select(line => $"{line}\n"))
            : parsed.GetValue(Check) ? string.Empty
            : (result as FormatResult.Formatted)?.Text ?? string.Empty;
        // Bytes: the console would write ends of lines and a mark of its own.
        var output = Console.OpenStandardOutput();
        await using (output.ConfigureAwait(false))
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        }
    }

    private static FormatRun Run(ParseResult parsed) => new(parsed.GetValue(Check), parsed.GetValue(Diff));

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
