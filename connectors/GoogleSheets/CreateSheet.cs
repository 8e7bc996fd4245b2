using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.create-sheet-if-missing</c> takes.</summary>
internal sealed record CreateSheetInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name")] string Sheet,
    [About("The names of its columns, for row 1; a sheet that is there keeps its own")] IReadOnlyList<string> Header);

/// <summary>What <c>google-sheets.create-sheet-if-missing</c> gives.</summary>
internal sealed record CreatedSheet(
    [About("true where the sheet was made, false where it was there")] bool Created,
    [About("The sheet's id within its spreadsheet, the `gid` of its address")] long Id);

/// <summary>
/// Looks which sheets there are, then makes the sheet and its header in one call that is done as a whole or not at all. A second time finds
/// the sheet of the first.
/// </summary>
internal sealed class CreateSheet : ConnectorAction<CreateSheetInput, CreatedSheet>
{
    public override string Name => "create-sheet-if-missing";

    public override string About => "Makes a sheet with a header, unless the spreadsheet has one of that name.";

    public override Repeat Repeat => Repeat.Safe;

    protected override CreatedSheet Sample => new(true, 7);

    protected override async Task<StepOutcome> ExecuteAsync(CreateSheetInput input, ActionContext context, CancellationToken cancellationToken)
    {
        var opened = await GoogleSession.OpenAsync(context, GoogleSheetsConnector.Scope, cancellationToken);
        var made = await opened.ThenAsync(async session =>
        {
            var url = SheetText.Url(input.Spreadsheet);
            var sheets = await session.AskAsync(session.Read($"{url}?fields=sheets.properties(sheetId%2Ctitle)"), SheetList.Read, Sample, cancellationToken);
            return await sheets.ThenAsync(list => list.Find(input.Sheet) is { } there
                ? Task.FromResult<GoogleReply<CreatedSheet>>(new GoogleReply<CreatedSheet>.Got(new CreatedSheet(false, there)))
                : MakeAsync(session, input, Number(context.EffectKey), cancellationToken));
        });
        return made.End(Done, stopped => stopped.Outcome);
    }

    private Task<GoogleReply<CreatedSheet>> MakeAsync(GoogleSession session, CreateSheetInput input, int id, CancellationToken cancellationToken)
    {
        // Texts and never formulas: stringValue is taken as it is.
        var cells = input.Header.Select(name => new Cell(new CellValue(name))).ToList();
        var requests = new List<object> { new { addSheet = new { properties = new { sheetId = id, title = input.Sheet } } } };
        if (cells.Count > 0)
        {
            var start = new { sheetId = id, rowIndex = 0, columnIndex = 0 };
            requests.Add(new { updateCells = new { start, rows = new[] { new { values = cells } }, fields = "userEnteredValue" } });
        }

        return session.AskAsync(
            session.Write(HttpMethod.Post, $"{SheetText.Url(input.Spreadsheet)}:batchUpdate", new { requests }),
            json => UntrustedJson.Text(json, "spreadsheetId") is null ? null : new CreatedSheet(true, id),
            Sample,
            cancellationToken);
    }

    // A number of our own choosing, the same for every attempt: the header is written to it in the same call. 0 is mostly the first sheet's.
    private static int Number(string effectKey) => (int.Parse(effectKey.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0x7FFFFFFF) | 1;

    private sealed record Cell(CellValue UserEnteredValue);

    private sealed record CellValue(string StringValue);
}

/// <summary>The sheets of a spreadsheet.</summary>
internal sealed record SheetList(IReadOnlyList<(string Title, long Id)> Sheets)
{
    public static SheetList? Read(JsonElement json)
    {
        if (UntrustedJson.Member(json, "sheets") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var sheets = new List<(string, long)>();
        foreach (var sheet in list.EnumerateArray())
        {
            // The id 0 may be left out, as JSON of protocol buffers does with what is zero.
            if (UntrustedJson.Text(sheet, "properties", "title") is { } title && UntrustedJson.Member(sheet, "properties") is { } properties)
            {
                sheets.Add((title, UntrustedJson.Member(properties, "sheetId") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : 0));
            }
        }

        return new SheetList(sheets);
    }

    /// <summary>The id of a sheet; Sheets takes two names that differ in case only for the same.</summary>
    public long? Find(string title) =>
        Sheets.Where(sheet => string.Equals(sheet.Title, title, StringComparison.OrdinalIgnoreCase)).Select(sheet => (long?)sheet.Id).FirstOrDefault();
}
