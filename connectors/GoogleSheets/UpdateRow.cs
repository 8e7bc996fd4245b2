using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.update-row</c> takes.</summary>
internal sealed record UpdateRowInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The row's number, as `find-row` gives it; 2 or more, since row 1 holds the names of the columns")] int Row,
    [About("The values: a map of column names and values, or a list from column A on; null leaves a cell as it is")] JsonElement Values,
    [About("A whole map of columns to add; where `values` has the same column, that counts")] JsonElement? More = null,
    [About("What to do about a column that the sheet lacks: `fail` writes nothing and names it, `ignore` leaves its value out, `add` adds it at the end of row 1")] NewColumns NewColumns = NewColumns.Fail,
    [About("What a moment becomes: `cells` a date cell, `text` its text")] Dates Dates = Dates.Cells);

/// <summary>What <c>google-sheets.update-row</c> gives.</summary>
internal sealed record UpdatedRow(
    [About("The row's number")] int RowNumber,
    [About("The cells written, such as `Leads!A12:C12`")] string Range,
    [About("What did not go as it should although the row is written, such as dates that show as numbers")] string? Note = null);

/// <summary>values.update: the same values again change nothing.</summary>
internal sealed class UpdateRow : ConnectorAction<UpdateRowInput, UpdatedRow>
{
    public override string Name => "update-row";

    public override string About => "Changes cells of a row by its number.";

    public override Repeat Repeat => Repeat.Safe;

    protected override UpdatedRow Sample => new(2, "Sheet!A2:C2");

    protected override async Task<StepOutcome> ExecuteAsync(UpdateRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (input.Row < 2)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: 'row' is {input.Row}; it must be 2 or more, since row 1 holds the names of the columns.");
        }

        if (!RowValues.TryRead(input.Values, input.More, input.Dates, out var values, out var problem))
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}");
        }

        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var written = await opened.ThenAsync(async table =>
        {
            var ready = await table.ReadyAsync(values, mark: null, input.NewColumns, cancellationToken);
            return await ready.ThenAsync(row => table.PutAsync(input.Row, row, cancellationToken));
        });
        return written.End(row => Done(new UpdatedRow(row.Row, row.Range, row.Note)), stopped => stopped.Outcome);
    }

    protected override int Writes(UpdateRowInput input) =>
        RowValues.TryRead(input.Values, input.More, input.Dates, out var values, out _) && values.HasMoments ? 2 : 1;
}
