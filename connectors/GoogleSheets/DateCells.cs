using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>
/// How cells that hold dates are shown: as the cell of the same column in row 2 is, where that shows a date, else as
/// <c>2026-03-02 09:30:00</c>. Without a format a date is a bare number.
/// </summary>
/// <param name="SheetId">The sheet's number within its spreadsheet.</param>
/// <param name="Formats">The formats of row 2, by column; null where it shows no date.</param>
internal sealed record DateCells(long SheetId, IReadOnlyList<DateCells.NumberFormat?> Formats)
{
    private const string Fields = "sheets(properties(sheetId%2Ctitle)%2Cdata.rowData.values.effectiveFormat.numberFormat)";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private static readonly JsonElement Nothing = JsonElement.Parse("[]");

    private static readonly NumberFormat Usual = new("DATE_TIME", "yyyy-mm-dd hh:mm:ss");

    /// <summary>Reads them, kept for a minute.</summary>
    public static async Task<GoogleReply<DateCells>> ReadAsync(SheetTable table, CancellationToken cancellationToken)
    {
        GoogleReply<DateCells>? read = null;
        var kept = await table.Context.CachedAsync(
            $"dates {SheetText.Id(table.Spreadsheet)} {table.Sheet}",
            Lifetime,
            async cancelled =>
            {
                var row = Uri.EscapeDataString(SheetText.Range(table.Sheet, "2:2"));
                var request = table.Session.Read($"{SheetText.Url(table.Spreadsheet)}?ranges={row}&fields={Fields}");
                read = await table.Session.AskAsync(request, json => Read(json, table.Sheet), table.Sample, cancelled);
                return read.End<DateCells?>(cells => cells, _ => null);
            },
            cancellationToken);
        return kept is null ? read! : new GoogleReply<DateCells>.Got(kept);
    }

    /// <summary>Gives the dates of rows that were written their format; null where it worked, else one sentence for the step's output.</summary>
    /// <param name="table">The sheet.</param>
    /// <param name="rows">The rows, and their number, counted from 1.</param>
    public async Task<string?> ShowAsync(SheetTable table, IReadOnlyList<(int Number, SheetRow Row)> rows, CancellationToken cancellationToken)
    {
        var cells = rows.SelectMany(row => row.Row.Moments.Select(column => (row.Number, Column: column))).ToList();
        if (cells.Count == 0)
        {
            return null;
        }

        var requests = Stretches(cells).Select(stretch => new { repeatCell = Repeat(stretch.From, stretch.To, stretch.Column) });
        var request = table.Session.Write(HttpMethod.Post, $"{SheetText.Url(table.Spreadsheet)}:batchUpdate", new { requests }) with { Harmless = true };
        var shown = await table.Session.AskAsync(request, json => UntrustedJson.Text(json, "spreadsheetId"), table.Sample, cancellationToken);
        return shown.End<string?>(_ => null, stopped =>
            $"The row is written, but its dates show as numbers until their column is formatted as one: {(stopped.Outcome as StepOutcome.Failed)?.Message}");
    }

    private static DateCells? Read(JsonElement json, string title)
    {
        if (SheetList.Read(json)?.Find(title) is not { } id || UntrustedJson.Member(json, "sheets") is not { } sheets)
        {
            return null;
        }

        var formats = new List<NumberFormat?>();
        foreach (var value in sheets.EnumerateArray().SelectMany(sheet => Items(sheet, "data")).SelectMany(data => Items(data, "rowData")).Take(1).SelectMany(row => Items(row, "values")))
        {
            var type = UntrustedJson.Text(value, "effectiveFormat", "numberFormat", "type");
            formats.Add(type is "DATE" or "TIME" or "DATE_TIME"
                ? new NumberFormat(type, UntrustedJson.Text(value, "effectiveFormat", "numberFormat", "pattern"))
                : null);
        }

        return new DateCells(id, formats);
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        UntrustedJson.Member(of, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Nothing.EnumerateArray();

    // Neighbours in a column are one range: a batch of rows is a few of them.
    private static IEnumerable<(int From, int To, int Column)> Stretches(IEnumerable<(int Number, int Column)> cells)
    {
        foreach (var column in cells.GroupBy(cell => cell.Column, cell => cell.Number))
        {
            var numbers = column.Order().ToList();
            var from = 0;
            for (var i = 1; i <= numbers.Count; i++)
            {
                if (i == numbers.Count || numbers[i] != numbers[i - 1] + 1)
                {
                    yield return (numbers[from], numbers[i - 1], column.Key);
                    from = i;
                }
            }
        }
    }

    private object Repeat(int from, int to, int column) => new
    {
        range = new { sheetId = SheetId, startRowIndex = from - 1, endRowIndex = to, startColumnIndex = column, endColumnIndex = column + 1 },
        cell = new { userEnteredFormat = new { numberFormat = Formats.ElementAtOrDefault(column) ?? Usual } },
        fields = "userEnteredFormat.numberFormat",
    };

    /// <summary>How a number is shown.</summary>
    internal sealed record NumberFormat(string Type, string? Pattern);
}
