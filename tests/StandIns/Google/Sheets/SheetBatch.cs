using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary><c>spreadsheets.batchUpdate</c>: a list of changes, done as a whole or not at all.</summary>
internal sealed class SheetBatch(Action<string, string?> happened)
{
    public StandInReply Run(Spreadsheet spreadsheet, JsonNode? body)
    {
        var kept = spreadsheet.Keep();
        var lines = new List<(string Line, string? Key)>();
        var replies = new JsonArray();
        var requests = body.Items("requests");
        if (requests.Count == 0)
        {
            return GoogleReply.Invalid("Invalid requests: must not be empty");
        }

        for (var index = 0; index < requests.Count; index++)
        {
            if (Change(spreadsheet, requests[index], lines, out var reply) is { } flaw)
            {
                spreadsheet.PutBack(kept);
                return GoogleReply.Invalid($"Invalid requests[{index}].{flaw}");
            }

            replies.Add(reply);
        }

        lines.ForEach(line => happened(line.Line, line.Key));
        return StandInReply.Json(200, new JsonObject { ["spreadsheetId"] = spreadsheet.Id, ["replies"] = replies });
    }

    private static string? Change(Spreadsheet spreadsheet, JsonNode? request, List<(string, string?)> lines, out JsonObject reply)
    {
        reply = [];
        return request is not JsonObject { Count: 1 } one ? "request: exactly one kind must be set" : one.First() switch
        {
            { Key: "addSheet", Value: var value } => AddSheet(spreadsheet, value, lines, reply),
            { Key: "updateCells", Value: var value } => UpdateCells(spreadsheet, value, lines),
            { Key: "appendCells", Value: var value } => AppendCells(spreadsheet, value, lines),
            { Key: "repeatCell", Value: var value } => RepeatCell(spreadsheet, value),
            { Key: "appendDimension", Value: var value } => AppendDimension(spreadsheet, value),
            var other => $"{other.Key}: Unknown name \"{other.Key}\": Cannot find field.",
        };
    }

    private static string? AddSheet(Spreadsheet spreadsheet, JsonNode? value, List<(string, string?)> lines, JsonObject reply)
    {
        var title = value.Text("properties", "title") ?? $"Sheet{spreadsheet.Sheets.Count + 1}";
        var id = value.Number("properties", "sheetId") ?? spreadsheet.Sheets.Select(sheet => sheet.Id).DefaultIfEmpty(-1).Max() + 1;
        if (spreadsheet.Find(title) is not null)
        {
            return $"addSheet: A sheet with the name \"{title}\" already exists. Please enter another name.";
        }

        if (spreadsheet.Find(id) is not null)
        {
            return $"addSheet: A sheet with id {id} already exists.";
        }

        var made = new Sheet(id, title);
        spreadsheet.Sheets.Add(made);
        reply["addSheet"] = made.ToJson();
        lines.Add(($"sheet {title} made", null));
        return null;
    }

    private static string? UpdateCells(Spreadsheet spreadsheet, JsonNode? value, List<(string, string?)> lines)
    {
        var start = value.At("start") ?? value.At("range");
        if (spreadsheet.Find(start.Number("sheetId") ?? 0) is not { } sheet)
        {
            return $"updateCells: No grid with id: {start.Number("sheetId") ?? 0}";
        }

        var top = start.Number("rowIndex") ?? start.Number("startRowIndex") ?? 0;
        var left = start.Number("columnIndex") ?? start.Number("startColumnIndex") ?? 0;
        return WriteRows("updateCells", sheet, top, left, value, lines);
    }

    // Below the last row that holds anything, in column A: this knows no tables.
    private static string? AppendCells(Spreadsheet spreadsheet, JsonNode? value, List<(string, string?)> lines) =>
        spreadsheet.Find(value.Number("sheetId") ?? 0) is { } sheet
            ? WriteRows("appendCells", sheet, sheet.End(), 0, value, lines)
            : $"appendCells: No grid with id: {value.Number("sheetId") ?? 0}";

    private static string? RepeatCell(Spreadsheet spreadsheet, JsonNode? value)
    {
        var range = value.At("range");
        if (spreadsheet.Find(range.Number("sheetId") ?? 0) is not { } sheet)
        {
            return $"repeatCell: No grid with id: {range.Number("sheetId") ?? 0}";
        }

        if (FieldsFlaw("repeatCell", value) is { } flaw)
        {
            return flaw;
        }

        var sent = CellReader.Data(value.At("cell"));
        if (sent is SentCell.Wrong wrong)
        {
            return $"repeatCell: {wrong.Message}";
        }

        var data = (sent as SentCell.Put)?.Cell;
        var fields = value.Text("fields")!;
        var (bottom, right) = sheet.Ends(new A1(null, 0, 0, range.Number("endRowIndex") - 1, range.Number("endColumnIndex") - 1));
        for (var row = range.Number("startRowIndex") ?? 0; row <= bottom; row++)
        {
            for (var column = range.Number("startColumnIndex") ?? 0; column <= right; column++)
            {
                sheet.Change(row, column, before => Masked(before, data, fields));
            }
        }

        return null;
    }

    // Rows are added as they are needed; columns only by this.
    private static string? AppendDimension(Spreadsheet spreadsheet, JsonNode? value)
    {
        if (spreadsheet.Find(value.Number("sheetId") ?? 0) is not { } sheet)
        {
            return $"appendDimension: No grid with id: {value.Number("sheetId") ?? 0}";
        }

        sheet.Width += value.Text("dimension") == "COLUMNS" ? value.Number("length") ?? 0 : 0;
        return value.Text("dimension") is "COLUMNS" or "ROWS" && value.Number("length") > 0 ? null : "appendDimension: dimension and length are needed";
    }

    private static string? WriteRows(string kind, Sheet sheet, int top, int left, JsonNode? value, List<(string, string?)> lines)
    {
        if (FieldsFlaw(kind, value) is { } flaw)
        {
            return flaw;
        }

        var fields = value.Text("fields")!;
        var row = top;
        foreach (var sent in value.Items("rows"))
        {
            var cells = sent.Items("values").Select(CellReader.Data).ToList();
            if (cells.OfType<SentCell.Wrong>().FirstOrDefault() is { } wrong)
            {
                return $"{kind}: {wrong.Message}";
            }

            if (left + cells.Count > sheet.Width)
            {
                return $"{kind}: Attempting to write column: {left + cells.Count - 1}, beyond the last requested column of: {sheet.Width - 1}";
            }

            var column = left;
            foreach (var cell in cells.OfType<SentCell.Put>())
            {
                sheet.Change(row, column++, before => Masked(before, cell.Cell, fields));
            }

            lines.Add((SheetValues.Line(sheet, row), SheetValues.KeyIn(cells)));
            row++;
        }

        return null;
    }

    private static string? FieldsFlaw(string kind, JsonNode? value) =>
        value.Text("fields") is { Length: > 0 } ? null : $"{kind}: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)";

    // What the mask does not name stays.
    private static Cell? Masked(Cell? before, Cell? after, string fields)
    {
        var takesValue = fields == "*" || fields.Contains("userEnteredValue", StringComparison.Ordinal);
        var takesFormat = fields == "*" || fields.Contains("userEnteredFormat", StringComparison.Ordinal);
        var valued = takesValue ? after : before;
        var formatted = takesFormat ? after : before;
        return valued is null || valued.Value is ""
            ? takesFormat && formatted?.Kind is not null ? new Cell(string.Empty, formatted.Kind, formatted.Pattern) : null
            : valued with { Kind = formatted?.Kind, Pattern = formatted?.Pattern };
    }
}
