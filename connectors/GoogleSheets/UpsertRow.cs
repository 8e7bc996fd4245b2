using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.upsert-row</c> takes.</summary>
internal sealed record UpsertRowInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The column whose value tells rows apart, such as `Email`; `values` must have it")] string Key,
    [About("The values: a map of column names and values; null leaves a cell as it is")] JsonElement Values,
    [About("A whole map of columns to add; where `values` has the same column, that counts")] JsonElement? More = null,
    [About("What to do about a column that the sheet lacks: `fail` writes nothing and names it, `ignore` leaves its value out, `add` adds it at the end of row 1")] NewColumns NewColumns = NewColumns.Fail,
    [About("What a moment becomes: `cells` a date cell, `text` its text")] Dates Dates = Dates.Cells);

/// <summary>What <c>google-sheets.upsert-row</c> gives.</summary>
internal sealed record UpsertedRow(
    [About("The row's number at that moment")] int RowNumber,
    [About("true where the row was added, false where it was there")] bool Created,
    [About("The cells written, such as `Leads!A12:C12`")] string Range,
    [About("What did not go as it should although the row is written, such as dates that show as numbers")] string? Note = null);

/// <summary>
/// Reads the key's column, then writes over the row that has the value, or adds one. A second time finds the row of the first: after a lost
/// answer the hub simply does it again.
/// </summary>
internal sealed class UpsertRow : ConnectorAction<UpsertRowInput, UpsertedRow>
{
    public override string Name => "upsert-row";

    public override string About => "Changes the row with a given value in its key column, or adds one where there is none.";

    public override Repeat Repeat => Repeat.Safe;

    protected override UpsertedRow Sample => new(2, true, "Sheet!A2:C2");

    protected override async Task<StepOutcome> ExecuteAsync(UpsertRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (!RowValues.TryRead(input.Values, input.More, input.Dates, out var values, out var problem))
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}");
        }

        if (values.Of(input.Key) is not { } key || SheetValues.Text(key) is not { Length: > 0 })
        {
            return StepOutcome.Fail(FailureKind.Rejected, "key_missing", $"{Name}: 'values' has nothing for the key column '{input.Key}', so no row could be told from another.");
        }

        var opened = await SheetTable.OpenAsync(context, input.Spreadsheet, input.Sheet, Sample, cancellationToken);
        var written = await opened.ThenAsync(async table =>
        {
            // The key stands in its own column also where other columns are left out.
            var ready = await table.ReadyAsync(values, (input.Key, key), input.NewColumns, cancellationToken);
            return await ready.ThenAsync(row => TurnAsync(table, row, input.Key, cancellationToken));
        });
        return written.End(Done, stopped => stopped.Outcome);
    }

    protected override int Writes(UpsertRowInput input) =>
        RowValues.TryRead(input.Values, input.More, input.Dates, out var values, out _) && values.HasMoments ? 2 : 1;

    // Two runs for the same new key would both find no row and add one each.
    private static async Task<GoogleReply<UpsertedRow>> TurnAsync(SheetTable table, ReadyRow row, string key, CancellationToken cancellationToken)
    {
        var value = row.Row.Cells[row.Row.Header.Find(key)[0]]!.Value;
        var name = $"row {SheetText.Id(table.Spreadsheet)} {table.Sheet} {key} {SheetValues.Text(value)}";
        using var turn = table.Context.Rehearsal ? null : await table.Context.TurnAsync(name, cancellationToken);
        return turn is not null || table.Context.Rehearsal
            ? await WriteAsync(table, row, key, value, cancellationToken)
            : new GoogleReply<UpsertedRow>.Stopped(StepOutcome.Fail(FailureKind.Transient, "row_busy", "Other runs are writing the row with this key; the next try goes on."));
    }

    private static async Task<GoogleReply<UpsertedRow>> WriteAsync(SheetTable table, ReadyRow row, string key, JsonElement value, CancellationToken cancellationToken)
    {
        var index = row.Row.Header.Find(key)[0];
        var rows = await table.RowsWithAsync(index, row.Row.Header, value, cancellationToken);
        return await rows.ThenAsync(async found => found switch
        {
            [] => Tell(await table.AppendAsync([row], cancellationToken), created: true),
            [var number] => Tell(await table.PutAsync(number, row, cancellationToken), created: false),
            _ => GoogleReply<UpsertedRow>.Reject(
                "key_twice",
                $"Column '{key}' ({SheetText.Column(index)}) of sheet '{table.Sheet}' has this value in rows {string.Join(", ", found.Take(10))}. Leave it in one of them."),
        });
    }

    private static GoogleReply<UpsertedRow> Tell(GoogleReply<WrittenRow> written, bool created) => written.End<GoogleReply<UpsertedRow>>(
        row => new GoogleReply<UpsertedRow>.Got(new UpsertedRow(row.Row, created, row.Range, row.Note)),
        stopped => new GoogleReply<UpsertedRow>.Stopped(stopped.Outcome));
}
