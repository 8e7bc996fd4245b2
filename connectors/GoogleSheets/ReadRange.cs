using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.read-range</c> takes.</summary>
internal sealed record ReadRangeInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The cells, such as `A1:C10`, `A:A` or `2:5`")] string Cells);

/// <summary>What <c>google-sheets.read-range</c> gives.</summary>
internal sealed record ReadCells(
    [About("A list of rows, each a list of values; empty cells at the end of a row and empty rows at the end are missing")] JsonElement Rows,
    [About("The cells read, such as `Leads!A1:C10`")] string Range);

/// <summary>values.get.</summary>
internal sealed class ReadRange : ConnectorAction<ReadRangeInput, ReadCells>
{
    public override string Name => "read-range";

    public override string About => "Reads cells.";

    public override Repeat Repeat => Repeat.Reads;

    protected override ReadCells Sample => new(JsonElement.Parse("[]"), "Sheet!A1:C10");

    protected override async Task<StepOutcome> ExecuteAsync(ReadRangeInput input, ActionContext context, CancellationToken cancellationToken)
    {
        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var read = await opened.ThenAsync(table => table.ReadAsync(input.Cells, Cells, cancellationToken));
        return read.End(Done, stopped => stopped.Outcome);
    }

    private static ReadCells? Cells(JsonElement json) =>
        SheetValues.Lists(json) is { } lists && UntrustedJson.Text(json, "range") is { } range ? new ReadCells(JsonSerializer.SerializeToElement(lists), range) : null;
}
