using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.append-row</c> takes.</summary>
internal sealed record AppendRowInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The values: a map of column names and values, or a list from column A on")] JsonElement Values,
    [About("A whole map of columns to add; where `values` has the same column, that counts")] JsonElement? More = null,
    [About("A column that the hub fills with its key for this row, by which it finds the row again after a lost answer")] string? KeyColumn = null,
    [About("What to do about a column that the sheet lacks: `fail` writes nothing and names it, `ignore` leaves its value out")] NewColumns NewColumns = NewColumns.Fail);

/// <summary>What <c>google-sheets.append-row</c> gives.</summary>
internal sealed record AppendedRow(
    [About("The row's number at that moment")] int Row,
    [About("The cells written, such as `Leads!A12:C12`")] string? Range = null);

/// <summary>values.append. Sheets knows no request key: the hub's key in a column is what a lost row is found by.</summary>
internal sealed class AppendRow : ConnectorAction<AppendRowInput, AppendedRow>
{
    public override string Name => "append-row";

    public override string About => "Adds a row at the end of a sheet.";

    public override Repeat Repeat => Repeat.Unsafe;

    protected override AppendedRow Sample => new(2, "Sheet!A2:C2");

    protected override async Task<StepOutcome> ExecuteAsync(AppendRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (!RowValues.TryRead(input.Values, input.More, out var values, out var problem))
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}");
        }

        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var written = await opened.ThenAsync(async table =>
        {
            var placed = await table.PlaceAsync(values, Mark(input, context), input.NewColumns, cancellationToken);
            return await placed.ThenAsync(row => table.AppendAsync(row, cancellationToken));
        });
        return written.End(row => Done(new AppendedRow(row.Row, row.Range)), stopped => stopped.Outcome);
    }

    protected override async Task<Probe> FindAsync(AppendRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (Mark(input, context) is not { } mark)
        {
            return new Probe.Unknown($"Sheet '{input.Sheet}' has no column with the hub's keys. Give {Name} a key_column and the hub can look by itself.");
        }

        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var found = await opened.ThenAsync(async table =>
        {
            // Asked anew: looking in a column that was moved would find nothing, and the row would be written twice.
            var (header, _) = await table.HeaderAsync(anew: true, cancellationToken);
            return await header.ThenAsync(names => table.Column(names, mark.Column).ThenAsync(index => table.RowsWithAsync(index, names, mark.Value, cancellationToken)));
        });
        return found.End(rows => rows.Count == 0 ? new Probe.Absent() : Found(new AppendedRow(rows[0])), stopped => stopped.AsProbe());
    }

    private static (string Column, JsonElement Value)? Mark(AppendRowInput input, ActionContext context) =>
        input.KeyColumn is { } column ? (column, JsonSerializer.SerializeToElement(context.EffectKey)) : null;
}
