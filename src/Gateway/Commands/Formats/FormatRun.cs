using System.Text;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Formatting;

namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>One call of <c>fmt</c>: what it does to each file and what it says of it.</summary>
internal sealed class FormatRun(TextWriter output, TextWriter errors, bool check, bool diff)
{
    private int _changed;
    private int _leftAlone;

    public async Task<int> FilesAsync(IReadOnlyList<FileToFormat> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            switch (await RecipeFormat.FileAsync(file.Path, file.Shown, file.IsShared, cancellationToken).ConfigureAwait(false))
            {
                case FormatResult.LeftAlone alone:
                    LeaveAlone(alone.Findings);
                    break;
                case FormatResult.Formatted { Changed: true } formatted:
                    await ChangeAsync(file, formatted, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        await output.WriteLineAsync(Summary(files.Count)).ConfigureAwait(false);
        return _leftAlone > 0 || (check && _changed > 0) ? 1 : 0;
    }

    /// <summary>One recipe in, the same out, for editors: nothing comes out where it could not be read.</summary>
    public async Task<int> TextAsync(Stream input, Stream printed, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var result = RecipeFormat.Text(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false), "-", isShared: false);
        if (result is not FormatResult.Formatted formatted)
        {
            foreach (var finding in ((FormatResult.LeftAlone)result).Findings)
            {
                await errors.WriteLineAsync(Printer.Clean(finding.ToString())).ConfigureAwait(false);
            }

            return 1;
        }

        var text = diff ? string.Concat(LineDiff.Of("-", formatted.Before, formatted.Text).Select(line => $"{line}\n")) : check ? "" : formatted.Text;
        await printed.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        return check && formatted.Changed ? 1 : 0;
    }

    private async Task ChangeAsync(FileToFormat file, FormatResult.Formatted formatted, CancellationToken cancellationToken)
    {
        if (diff)
        {
            foreach (var line in LineDiff.Of(file.Shown, formatted.Before, formatted.Text))
            {
                await output.WriteLineAsync(Printer.Clean(line)).ConfigureAwait(false);
            }
        }
        else if (check)
        {
            await output.WriteLineAsync($"not canonical {file.Shown}").ConfigureAwait(false);
        }
        else if (await ReplaceAsync(file.Path, formatted.Text, cancellationToken).ConfigureAwait(false) is { } trouble)
        {
            LeaveAlone([new Finding(file.Shown, 1, 1, Severity.Error, FindingCodes.Unreadable, $"the file cannot be written: {trouble}")]);
            return;
        }
        else
        {
            await output.WriteLineAsync($"formatted {file.Shown}").ConfigureAwait(false);
        }

        _changed++;
    }

    private void LeaveAlone(IReadOnlyList<Finding> findings)
    {
        _leftAlone++;
        foreach (var finding in findings)
        {
            output.WriteLine(Printer.Clean(finding.ToString()));
        }
    }

    private string Summary(int files)
    {
        var changed = (check || diff, _changed) switch
        {
            (true, 0) => "all in canonical form",
            (true, _) => $"{_changed} not in canonical form",
            _ => $"{_changed} changed",
        };
        return _leftAlone == 0 ? $"{Count(files)}: {changed}." : $"{Count(files)}: {changed.Replace("all", "all others", StringComparison.Ordinal)}, {_leftAlone} left alone.";
    }

    private static string Count(int files) => files == 1 ? "1 file" : $"{files} files";

    /// <summary>Beside it and then in its place, so that nobody ever reads half a recipe. Null where it went well.</summary>
    private static async Task<string?> ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        // A link stays a link.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        // Names that begin with a dot are no recipes.
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.fmt");
        try
        {
            await File.WriteAllTextAsync(beside, text, cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            }

            File.Move(beside, target, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            return failure.Message;
        }
    }
}
