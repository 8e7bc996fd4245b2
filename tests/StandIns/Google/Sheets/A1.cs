using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>A range in A1 notation. Rows and columns count from 0, the ends belong to it, and null is open.</summary>
internal sealed partial record A1(string? Sheet, int Top, int Left, int? Bottom, int? Right)
{
    /// <summary>Reads a range; null where it is none.</summary>
    public static A1? Read(string text)
    {
        var (sheet, cells) = Split(text);
        if (sheet is null && !Cells().IsMatch(cells))
        {
            // A name alone is the whole sheet.
            return cells.Length == 0 ? null : new A1(Unquote(cells), 0, 0, null, null);
        }

        if (cells.Length == 0)
        {
            return new A1(sheet, 0, 0, null, null);
        }

        if (Cells().Match(cells) is not { Success: true } match)
        {
            return null;
        }

        var (left, top) = (Column(match.Groups[1].Value), Row(match.Groups[2].Value));
        var isOne = !match.Groups[3].Success;
        var (right, bottom) = isOne ? (left, top) : (Column(match.Groups[4].Value), Row(match.Groups[5].Value));
        return new A1(sheet, top ?? 0, left ?? 0, bottom, right);
    }

    /// <summary>A range as Google writes it.</summary>
    public static string Write(string sheet, int top, int left, int bottom, int right) => top == bottom && left == right
        ? $"{Quote(sheet)}!{Letters(left)}{top + 1}"
        : $"{Quote(sheet)}!{Letters(left)}{top + 1}:{Letters(right)}{bottom + 1}";

    private static (string? Sheet, string Cells) Split(string text)
    {
        var mark = text.LastIndexOf('!');
        return mark < 0 ? (null, text) : (Unquote(text[..mark]), text[(mark + 1)..]);
    }

    private static string Unquote(string name) =>
        name is ['\'', .. var inner, '\''] ? inner.Replace("''", "'", StringComparison.Ordinal) : name;

    private static string Quote(string name) =>
        name.All(char.IsAsciiLetterOrDigit) && !Cells().IsMatch(name) ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Letters(int index)
    {
        var letters = string.Empty;
        for (var left = index + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }

        return letters;
    }

    private static int? Column(string letters) =>
        letters.Length == 0 ? null : letters.ToUpperInvariant().Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1;

    private static int? Row(string digits) => digits.Length == 0 ? null : int.Parse(digits, CultureInfo.InvariantCulture) - 1;

    [GeneratedRegex(@"^(?=.)\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,6})?(:\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,6})?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cells();
}
