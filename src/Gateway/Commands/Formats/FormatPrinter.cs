using System.Text.Json;
using ConnectorHub.Gateway.Commands.Checks;

namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>What <c>fmt</c> says of files.</summary>
internal static class FormatPrinter
{
    /// <summary>For a person: each file that changes or was left alone.</summary>
    public static void File(TextWriter output, FormattedFile file)
    {
        foreach (var line in file.State == FormState.LeftAlone ? file.Findings.Select(finding => finding.ToString()) : file.Diff)
        {
            output.WriteLine(Printer.Clean(line));
        }

        if (file is { State: FormState.Formatted } or { State: FormState.NotCanonical, Diff.Count: 0 })
        {
            output.WriteLine($"{(file.State == FormState.Formatted ? "formatted" : "not canonical")} {file.Shown}");
        }
    }

    /// <param name="changes">Files were to be changed, not only looked at.</param>
    public static string Summary(IReadOnlyList<FormattedFile> files, bool changes)
    {
        var (changed, leftAlone) = Count(files);
        var said = (changes, changed) switch
        {
            (false, 0) => leftAlone == 0 ? "all in canonical form" : "all others in canonical form",
            (false, _) => $"{changed} not in canonical form",
            _ => $"{changed} changed",
        };
        return $"{(files.Count == 1 ? "1 file" : $"{files.Count} files")}: {said}{(leftAlone == 0 ? string.Empty : $", {leftAlone} left alone")}.";
    }

    /// <summary>For programs.</summary>
    /// <param name="text">The text in canonical form, where it was read and is to be printed.</param>
    public static string Json(IReadOnlyList<FormattedFile> files, string? text = null)
    {
        var (changed, leftAlone) = Count(files);
        var each = files.Select(file => new { File = file.Shown, file.State, file.Diff, Findings = file.Findings.Select(FindingView.Of) });
        return text is null
            ? JsonSerializer.Serialize(new { Changed = changed, LeftAlone = leftAlone, Files = each }, AdminClient.Readable)
            : JsonSerializer.Serialize(new { Changed = changed, LeftAlone = leftAlone, Files = each, Text = text }, AdminClient.Readable);
    }

    private static (int Changed, int LeftAlone) Count(IReadOnlyList<FormattedFile> files) =>
        (files.Count(file => file.State is FormState.Formatted or FormState.NotCanonical), files.Count(file => file.State == FormState.LeftAlone));
}
