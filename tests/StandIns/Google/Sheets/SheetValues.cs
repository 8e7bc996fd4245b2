using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>What <c>values.*</c> does with one spreadsheet. A request is done as a whole or not at all.</summary>
internal sealed partial class SheetValues(Action<string, string?> happened)
{
    public static StandInReply Get(Spreadsheet spreadsheet, string range, IReadOnlyDictionary<string, string> query)
    {
        if (Place(spreadsheet, range, out var place) is not { } sheet)
        {
            return Unreadable(range);
        }

        var formatted = query.GetValueOrDefault("valueRenderOption", "FORMATTED_VALUE") == "FORMATTED_VALUE";
        var datesAsText = query.GetValueOrDefault("dateTimeRenderOption") == "FORMATTED_STRING";
        var (bottom, right) = sheet.Ends(place);
        var byColumn = query.GetValueOrDefault("majorDimension") == "COLUMNS";
        var lists = byColumn
            ? Lists(place.Left, right, place.Top, bottom, (column, row) => sheet[row, column])
            : Lists(place.Top, bottom, place.Left, right, (row, column) => sheet[row, column]);
        var reply = new JsonObject
        {
            ["range"] = A1.Write(sheet.Title, place.Top, place.Left, bottom, right),
            ["majorDimension"] = byColumn ? "COLUMNS" : "ROWS",
        };
        if (lists.Count > 0)
        {
            reply["values"] = new JsonArray([.. lists.Select(list => new JsonArray([.. list.Select(cell => cell?.Show(formatted, datesAsText) ?? string.Empty)]))]);
        }

        return StandInReply.Json(200, reply);
    }

    public StandInReply Update(Spreadsheet spreadsheet, string range, IReadOnlyDictionary<string, string> query, JsonNode? body) =>
        Option(query.GetValueOrDefault("valueInputOption")) is not { } raw ? OptionMissing()
        : Place(spreadsheet, range, out var place) is not { } sheet ? Unreadable(range)
        : Rows(body, raw, out var flaw) is not { } rows ? GoogleReply.Invalid(flaw)
        : IsTooWide(sheet, place.Left, rows) ? TooWide(sheet)
        : StandInReply.Json(200, Write(spreadsheet, sheet, place.Top, place.Left, rows));

    public StandInReply Append(Spreadsheet spreadsheet, string range, IReadOnlyDictionary<string, string> query, JsonNode? body)
    {
        if (Option(query.GetValueOrDefault("valueInputOption")) is not { } raw)
        {
            return OptionMissing();
        }

        if (Place(spreadsheet, range, out var place) is not { } sheet)
        {
            return Unreadable(range);
        }

        if (Rows(body, raw, out var flaw) is not { } rows)
        {
            return GoogleReply.Invalid(flaw);
        }

        if (IsTooWide(sheet, place.Left, rows))
        {
            return TooWide(sheet);
        }

        // The table is what hangs together from the range down: an empty row ends it.
        var end = place.Top;
        while (!sheet.IsEmptyRow(end))
        {
            end++;
        }

        if (query.GetValueOrDefault("insertDataOption") == "INSERT_ROWS")
        {
            sheet.Insert(end, rows.Count);
        }

        var reply = new JsonObject { ["spreadsheetId"] = spreadsheet.Id };
        if (end > place.Top)
        {
            reply["tableRange"] = A1.Write(sheet.Title, place.Top, place.Left, end - 1, Math.Max(place.Left, sheet.Columns - 1));
        }

        reply["updates"] = Write(spreadsheet, sheet, end, place.Left, rows);
        return StandInReply.Json(200, reply);
    }

    public StandInReply BatchUpdate(Spreadsheet spreadsheet, JsonNode? body)
    {
        if (Option(body.Text("valueInputOption")) is not { } raw)
        {
            return OptionMissing();
        }

        var plans = new List<(Sheet Sheet, A1 Place, IReadOnlyList<IReadOnlyList<SentCell>> Rows)>();
        foreach (var entry in body.Items("data"))
        {
            if (entry.Text("range") is not { } range || Place(spreadsheet, range, out var place) is not { } sheet)
            {
                return Unreadable(entry.Text("range") ?? string.Empty);
            }

            if (Rows(entry, raw, out var flaw) is not { } rows)
            {
                return GoogleReply.Invalid(flaw);
            }

            if (IsTooWide(sheet, place.Left, rows))
            {
                return TooWide(sheet);
            }

            plans.Add((sheet, place, rows));
        }

        var responses = plans.Select(plan => (JsonNode)Write(spreadsheet, plan.Sheet, plan.Place.Top, plan.Place.Left, plan.Rows)).ToArray();
        return StandInReply.Json(200, new JsonObject
        {
            ["spreadsheetId"] = spreadsheet.Id,
            ["totalUpdatedRows"] = plans.Sum(plan => plan.Rows.Count),
            ["responses"] = new JsonArray(responses),
        });
    }

    public StandInReply Clear(Spreadsheet spreadsheet, string range)
    {
        if (Place(spreadsheet, range, out var place) is not { } sheet)
        {
            return Unreadable(range);
        }

        var (bottom, right) = sheet.Ends(place);
        for (var row = place.Top; row <= Math.Min(bottom, sheet.Rows - 1); row++)
        {
            sheet.Write(row, place.Left, [.. Enumerable.Repeat((SentCell)new SentCell.Put(null), Math.Max(0, Math.Min(right + 1, sheet.Columns) - place.Left))]);
        }

        happened($"sheet {sheet.Title} {range} cleared", null);
        return StandInReply.Json(200, new JsonObject
        {
            ["spreadsheetId"] = spreadsheet.Id,
            ["clearedRange"] = A1.Write(sheet.Title, place.Top, place.Left, bottom, right),
        });
    }

    /// <summary>The effect key that a row carries, where one of its cells is one.</summary>
    public static string? KeyIn(IEnumerable<SentCell> cells) => cells
        .Select(cell => (cell as SentCell.Put)?.Cell?.Value as string)
        .FirstOrDefault(text => text is not null && EffectKey().IsMatch(text));

    /// <summary>A row as a line for people.</summary>
    public static string Line(Sheet sheet, int row) =>
        $"sheet {sheet.Title} row {row + 1}: {string.Join(" | ", Enumerable.Range(0, sheet.Columns).Select(column => sheet.Text(row, column))).TrimEnd(' ', '|')}";

    private static bool IsTooWide(Sheet sheet, int left, IReadOnlyList<IReadOnlyList<SentCell>> rows) => rows.Any(row => left + row.Count > sheet.Width);

    private static StandInReply TooWide(Sheet sheet) => GoogleReply.Invalid(
        $"Range ({sheet.Title}) exceeds grid limits. Max columns: {sheet.Width}");

    private JsonObject Write(Spreadsheet spreadsheet, Sheet sheet, int top, int left, IReadOnlyList<IReadOnlyList<SentCell>> rows)
    {
        var widest = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        for (var index = 0; index < rows.Count; index++)
        {
            sheet.Write(top + index, left, rows[index]);
            happened(Line(sheet, top + index), KeyIn(rows[index]));
        }

        return new JsonObject
        {
            ["spreadsheetId"] = spreadsheet.Id,
            ["updatedRange"] = A1.Write(sheet.Title, top, left, top + Math.Max(0, rows.Count - 1), left + Math.Max(0, widest - 1)),
            ["updatedRows"] = rows.Count,
            ["updatedColumns"] = widest,
            ["updatedCells"] = rows.Sum(row => row.Count(cell => cell is SentCell.Put)),
        };
    }

    // Empty cells at the end of a list, and empty lists at the end, are left out.
    private static List<List<Cell?>> Lists(int first, int last, int from, int to, Func<int, int, Cell?> cell)
    {
        var lists = new List<List<Cell?>>();
        for (var outer = first; outer <= last; outer++)
        {
            var list = new List<Cell?>();
            for (var inner = from; inner <= to; inner++)
            {
                list.Add(cell(outer, inner));
            }

            lists.Add(list[..(list.FindLastIndex(one => one is not null) + 1)]);
        }

        return lists[..(lists.FindLastIndex(list => list.Count > 0) + 1)];
    }

    private static List<IReadOnlyList<SentCell>>? Rows(JsonNode? body, bool raw, out string flaw)
    {
        flaw = string.Empty;
        var rows = new List<IReadOnlyList<SentCell>>();
        foreach (var row in body.Items("values"))
        {
            var cells = (row as JsonArray)?.Select(value => CellReader.Value(value, raw)).ToList();
            flaw = cells is null ? "Invalid value at 'data.values': each row is a list." : cells.OfType<SentCell.Wrong>().FirstOrDefault()?.Message ?? string.Empty;
            if (flaw.Length > 0)
            {
                return null;
            }

            rows.Add(cells!);
        }

        return rows;
    }

    private static Sheet? Place(Spreadsheet spreadsheet, string range, out A1 place)
    {
        var read = A1.Read(range);
        place = read ?? new A1(null, 0, 0, null, null);
        return read is null ? null : spreadsheet.Find(read.Sheet);
    }

    private static bool? Option(string? option) => option switch { "RAW" => true, "USER_ENTERED" => false, _ => null };

    private static StandInReply OptionMissing() => GoogleReply.Invalid("'valueInputOption' is required but not specified");

    private static StandInReply Unreadable(string range) => GoogleReply.Invalid($"Unable to parse range: {range}");

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex EffectKey();
}
