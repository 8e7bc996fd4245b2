using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.find-row</c> takes.</summary>
internal sealed record FindRowInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The column to look in, by its name in row 1")] string Column,
    [About("What its cell must hold, exactly: upper and lower case and spaces count")] JsonElement Value);

/// <summary>What <c>google-sheets.find-row</c> gives.</summary>
internal sealed record FoundRow(
    [About("false where no row has the value")] bool Found,
    [About("The number of the first row that has it")] int? RowNumber = null,
    [About("The row's values by the names of its columns; empty cells are missing")] JsonElement? Values = null);

/// <summary>Reads the header, the column, then the row.</summary>
internal sealed class FindRow : ConnectorAction<FindRowInput, FoundRow>
{
    public override string Name => "find-row";

    public override string About => "Finds a row by the value in one of its columns.";

    public override Repeat Repeat => Repeat.Reads;

    protected override FoundRow Sample => new(false);

    protected override async Task<StepOutcome> ExecuteAsync(FindRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (SheetValues.Text(input.Value) is not { Length: > 0 })
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: 'value' must be text, a number, true or false, and not empty.");
        }

        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var found = await opened.ThenAsync(async table =>
        {
            var header = await table.HeaderWithAsync(names => names.Find(input.Column).Count == 0 ? [input.Column] : [], cancellationToken);
            return await header.ThenAsync(names => FindAsync(table, names, input, cancellationToken));
        });
        return found.End(Done, stopped => stopped.Outcome);
    }

    private static async Task<GoogleReply<FoundRow>> FindAsync(SheetTable table, SheetHeader header, FindRowInput input, CancellationToken cancellationToken)
    {
        var rows = await table.Column(header, input.Column).ThenAsync(index => table.RowsWithAsync(index, header, SheetMoment.AsCell(input.Value), cancellationToken));
        return await rows.ThenAsync(found => found.Count == 0
            ? Task.FromResult<GoogleReply<FoundRow>>(new GoogleReply<FoundRow>.Got(new FoundRow(false)))
            : table.ReadRowAsync(found[0], cells => new FoundRow(true, found[0], Named(header, cells)), cancellationToken));
    }

    private static JsonElement Named(SheetHeader header, IReadOnlyList<JsonElement> cells)
    {
        var named = new Dictionary<string, JsonElement>();
        for (var index = 0; index < Math.Min(cells.Count, header.Names.Count); index++)
        {
            if (header.Names[index].Trim() is { Length: > 0 } name && SheetValues.Text(cells[index]) is { Length: > 0 })
            {
                named.TryAdd(name, cells[index]);
            }
        }

        return JsonSerializer.SerializeToElement(named);
    }
}
