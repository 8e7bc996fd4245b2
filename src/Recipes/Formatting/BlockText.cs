using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>A text written with <c>|</c> or <c>&gt;</c>: its header and its lines without their indentation.</summary>
/// <param name="Header">Such as <c>|-</c>, with an anchor before it.</param>
/// <param name="Comment">Behind the header.</param>
/// <param name="Given">The indentation that the header itself names; 0 where it names none.</param>
/// <param name="Keeps">Empty lines at its end belong to it.</param>
/// <param name="End">The index behind its last line.</param>
internal sealed record BlockText(string Header, FormatComment? Comment, int Given, bool Keeps, IReadOnlyList<string> Lines, int End)
{
    /// <param name="column">Of the key or dash it belongs to, from 0.</param>
    public static BlockText Of(YamlText source, int start, int column)
    {
        var place = source.PlaceAt(start);
        var rest = source.Line(place.Line)[(place.Column - 1)..];
        var cut = rest.IndexOf('#', StringComparison.Ordinal);
        var header = (cut < 0 ? rest : rest[..cut]).TrimEnd();
        var comment = cut < 0 ? null : new FormatComment(start + cut, place.Column - 1 + cut, rest[cut..].TrimEnd(), OwnLine: false, BlankBefore: false);
        var marks = header[(header.LastIndexOf(' ') + 1)..];
        var given = marks.Where(char.IsAsciiDigit).Select(digit => digit - '0').FirstOrDefault();
        var keeps = marks.Contains('+', StringComparison.Ordinal);
        var lines = LinesBelow(source, place.Line, given > 0 ? Math.Max(column, 0) + given : null, column, keeps);
        var end = source.LineStart(place.Line + lines.Count) + source.Line(place.Line + lines.Count).Length;
        // A text that the file ends in has no line end there; the file gets one, and the mark keeps it out of the text.
        var open = lines.Count > 0 && end == source.Text.Length && !marks.Contains('-', StringComparison.Ordinal);
        return open
            ? new BlockText(header.Replace("+", "", StringComparison.Ordinal) + "-", comment, given, Keeps: false, lines, end)
            : new BlockText(header, comment, given, keeps, lines, end);
    }

    private static List<string> LinesBelow(YamlText source, int above, int? given, int column, bool keeps)
    {
        var indent = given;
        var lines = new List<string>();
        var last = source.PlaceAt(source.Text.Length).Line;
        for (var number = above + 1; number <= last; number++)
        {
            var line = source.Line(number);
            var blanks = line.Length - line.TrimStart(' ').Length;
            if (blanks < line.Length && blanks < (indent ?? column + 1))
            {
                break;
            }

            indent ??= blanks < line.Length ? blanks : null;
            lines.Add(line.Length > (indent ?? line.Length) ? line[indent!.Value..] : "");
        }

        if (keeps)
        {
            // What follows the last line end is no line.
            return lines.Count > 0 && above + lines.Count == last && source.Line(last).Length == 0 ? lines[..^1] : lines;
        }

        return lines[..(lines.FindLastIndex(line => line.Length > 0) + 1)];
    }
}
