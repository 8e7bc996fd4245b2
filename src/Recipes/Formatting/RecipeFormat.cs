using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>What came of putting a file into canonical form. Closed: a text, or the file as it is and why.</summary>
public abstract record FormatResult
{
    private FormatResult()
    {
    }

    /// <param name="Before">The text as it was.</param>
    /// <param name="Text">The text in canonical form.</param>
    public sealed record Formatted(string Before, string Text) : FormatResult
    {
        /// <summary>The file was not canonical.</summary>
        public bool Changed => !string.Equals(Before, Text, StringComparison.Ordinal);
    }

    /// <param name="Findings">Errors, as <c>check</c> says them.</param>
    public sealed record LeftAlone(IReadOnlyList<Finding> Findings) : FormatResult;
}

/// <summary>
/// Puts recipe files into canonical form. Works on the source's own pieces, so that no comment is lost, and proves of every text that it
/// says the same as before.
/// </summary>
public static class RecipeFormat
{
    /// <param name="shown">The file as findings name it.</param>
    /// <param name="isShared">The file is <c>shared.yaml</c>, whose names are all the admin's own.</param>
    public static async Task<FormatResult> FileAsync(string path, string shown, bool isShared, CancellationToken cancellationToken) =>
        await RecipeText.FromAsync(path, cancellationToken) switch
        {
            RecipeText.Read read => Text(read.Text, shown, isShared),
            RecipeText.Unreadable unreadable => new FormatResult.LeftAlone([new Finding(shown, 1, 1, Severity.Error, unreadable.Code, unreadable.Message)]),
            _ => new FormatResult.LeftAlone([]),
        };

    /// <inheritdoc cref="FileAsync"/>
    public static FormatResult Text(string text, string shown, bool isShared)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = new FindingList(shown);
        if (isShared && text.Trim('\uFEFF').Trim().Length == 0)
        {
            return new FormatResult.Formatted(text, text);
        }

        var source = new YamlText(WithoutMarks(text.TrimStart('\uFEFF').ReplaceLineEndings("\n")));
        if (YamlReader.Read(source, findings) is not { } before || findings.HasErrors)
        {
            return new FormatResult.LeftAlone(findings.Sorted());
        }

        var order = isShared ? null : KeyOrder.Recipe;
        var formatted = Write(source, order, findings);
        return formatted is null ? new FormatResult.LeftAlone(findings.Sorted())
            : IsProven(before, source.Text, formatted, order) ? new FormatResult.Formatted(text, formatted)
            : new FormatResult.LeftAlone([Unsure(shown)]);
    }

    private static string? Write(YamlText source, KeyOrder? order, FindingList findings)
    {
        var read = FormatReader.Read(source);
        if (read.Entries[0].Block is not { } file)
        {
            // One value in brackets, as a program writes it: it stays as it was written.
            return source.Text.TrimEnd() + "\n";
        }

        new FormatComments(source, read, findings).Place();
        if (findings.HasErrors)
        {
            return null;
        }

        // An alias stands behind what it means: then nothing may move.
        var mayMove = read.HasAliases ? null : order;
        var header = Arrangement.Header(file, mayMove);
        Arrangement.Arrange(file, mayMove);
        return new FormatWriter(source, sections: order is not null).Write(header, file);
    }

    private static bool IsProven(YamlNode before, string source, string formatted, KeyOrder? order)
    {
        var after = YamlReader.Read(new YamlText(formatted), new FindingList(""));
        return after is not null && FormatProof.IsSame(before, after, order) && FormatProof.HasSameComments(source, formatted);
    }

    private static Finding Unsure(string shown) => new(
        shown, 1, 1, Severity.Error, FindingCodes.NotFormatted,
        "fmt leaves this file alone: what it would write does not say exactly the same. The recipe itself may be right; 'check' tells. Please report it with the file.");

    /// <summary>The lines <c>---</c> and <c>...</c> say nothing in a file with one recipe. Several recipes are still told by the lines between them.</summary>
    private static string WithoutMarks(string text)
    {
        var lines = text.Split('\n');
        var first = Array.FindIndex(lines, line => line.TrimEnd().Length > 0 && !line.StartsWith('#'));
        if (first >= 0 && lines[first].TrimEnd() == "---")
        {
            lines[first] = "";
        }

        var last = Array.FindLastIndex(lines, line => line.Trim().Length > 0);
        if (last > first && lines[last].TrimEnd() == "...")
        {
            lines[last] = "";
        }

        return string.Join('\n', lines);
    }
}
