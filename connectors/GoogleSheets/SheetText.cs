using System.Globalization;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>How Sheets writes places: ids, ranges, letters of columns.</summary>
internal static class SheetText
{
    private const string Address = "https://docs.google.com/spreadsheets/d/";

    /// <summary>The id of a spreadsheet, given as itself or as the address in the browser.</summary>
    public static string Id(string spreadsheet)
    {
        var text = spreadsheet.Trim();
        return text.StartsWith(Address, StringComparison.OrdinalIgnoreCase) ? text[Address.Length..].Split('/', '?', '#')[0] : text;
    }

    /// <summary>The path of a spreadsheet's values. <paramref name="range"/> is percent-encoded as a whole.</summary>
    public static string ValuesUrl(string spreadsheet, string range) => $"{Url(spreadsheet)}/values/{Uri.EscapeDataString(range)}";

    /// <summary>The path of a spreadsheet.</summary>
    public static string Url(string spreadsheet) => $"v4/spreadsheets/{Uri.EscapeDataString(Id(spreadsheet))}";

    /// <summary>A range of a sheet: <c>Leads!A1:C1</c>, <c>'Ana''s leads'!A1:C1</c>.</summary>
    public static string Range(string sheet, string cells) => $"{Quoted(sheet)}!{cells}";

    /// <summary>The letters of a column, counted from 0: A, B, … Z, AA.</summary>
    public static string Column(int index)
    {
        var letters = string.Empty;
        for (var left = index + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }

        return letters;
    }

    /// <summary>The row a range begins with, or null: 12 of <c>Leads!A12:C12</c>.</summary>
    public static int? Row(string range)
    {
        var cells = range[(range.LastIndexOf('!') + 1)..].AsSpan();
        var digits = cells[(cells.IndexOfAnyInRange('0', '9') is var start and >= 0 ? start : cells.Length)..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
    }

    // A name that looks like a cell (A1) or a number would be taken for one, so all but plain words are quoted.
    private static string Quoted(string sheet) =>
        sheet.Length > 0 && sheet.All(char.IsAsciiLetter) ? sheet : $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";
}
