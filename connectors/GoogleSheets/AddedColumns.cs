using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>Adds the names of columns that a sheet lacks at the end of its row 1, one attempt at a time, and looks whether they are there.</summary>
internal static class AddedColumns
{
    // A platform that sends a new field with each event must not make a sheet nobody can read.
    private const int MostColumns = 500;

    private const string Grid = "sheets.properties(sheetId%2Ctitle%2CgridProperties.columnCount)";

    /// <summary>The header with the names; as it would be in a rehearsal.</summary>
    public static async Task<GoogleReply<SheetHeader>> AddAsync(SheetTable table, SheetHeader header, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (header.Names.Count + names.Count > MostColumns)
        {
            return GoogleReply<SheetHeader>.Reject(
                "too_many_columns",
                $"Sheet '{table.Sheet}' has {header.Names.Count} columns and would get {names.Count} more; at most {MostColumns} are added. Name the columns you need, or set new_columns: ignore.");
        }

        if (table.Context.Rehearsal)
        {
            return new GoogleReply<SheetHeader>.Got(new SheetHeader([.. header.Names, .. names]));
        }

        using var turn = await table.Context.TurnAsync(table.HeaderKey, cancellationToken);
        if (turn is null)
        {
            return Later("Other runs are adding columns to this sheet; the next try goes on.");
        }

        // Somebody may have added them while this one waited.
        var (now, _) = await table.HeaderAsync(anew: true, cancellationToken);
        return await now.ThenAsync(there => WriteAsync(table, there, [.. names.Where(name => there.Find(name).Count == 0)], cancellationToken));
    }

    private static async Task<GoogleReply<SheetHeader>> WriteAsync(SheetTable table, SheetHeader header, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return new GoogleReply<SheetHeader>.Got(header);
        }

        var url = SheetText.Url(table.Spreadsheet);
        var asked = await table.Session.AskAsync(table.Session.Read($"{url}?fields={Grid}"), json => Size.Read(json, table.Sheet), table.Sample, cancellationToken);
        var written = await asked.ThenAsync(size =>
        {
            var request = table.Session.Write(HttpMethod.Post, $"{url}:batchUpdate", new { requests = Requests(size, header.Names.Count, names) }) with { Harmless = true };
            return table.Session.AskAsync(request, json => UntrustedJson.Text(json, "spreadsheetId"), table.Sample, cancellationToken);
        });
        return await written.ThenAsync(async _ =>
        {
            var (after, _) = await table.HeaderAsync(anew: true, cancellationToken);
            return await after.ThenAsync(there => Task.FromResult(names.All(name => there.Find(name).Count > 0)
                ? new GoogleReply<SheetHeader>.Got(there)
                : Later("Someone else changed row 1 at the same moment; the next try reads it anew.")));
        });
    }

    // As a whole or not at all. stringValue is a text as it is, never a formula.
    private static IEnumerable<object> Requests(Size size, int from, IReadOnlyList<string> names)
    {
        if (from + names.Count > size.Columns)
        {
            yield return new { appendDimension = new { sheetId = size.Id, dimension = "COLUMNS", length = from + names.Count - size.Columns } };
        }

        var values = names.Select(name => new { userEnteredValue = new { stringValue = name } });
        var start = new { sheetId = size.Id, rowIndex = 0, columnIndex = from };
        yield return new { updateCells = new { start, rows = new[] { new { values } }, fields = "userEnteredValue" } };
    }

    private static GoogleReply<SheetHeader> Later(string message) =>
        new GoogleReply<SheetHeader>.Stopped(StepOutcome.Fail(FailureKind.Transient, "columns_changing", message));

    /// <summary>A sheet's number, and how many columns its grid has.</summary>
    private sealed record Size(long Id, int Columns)
    {
        public static Size? Read(JsonElement json, string title)
        {
            if (SheetList.Read(json)?.Find(title) is not { } id || UntrustedJson.Member(json, "sheets") is not { } sheets)
            {
                return null;
            }

            var grid = sheets.EnumerateArray()
                .Where(sheet => string.Equals(UntrustedJson.Text(sheet, "properties", "title"), title, StringComparison.OrdinalIgnoreCase))
                .Select(sheet => UntrustedJson.Member(sheet, "properties") is { } properties ? UntrustedJson.Member(properties, "gridProperties") : null)
                .FirstOrDefault();
            return grid is { } known && UntrustedJson.Member(known, "columnCount") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var columns)
                ? new Size(id, columns)
                : null;
        }
    }
}
