using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What <c>google-sheets.append-row</c> takes.</summary>
internal sealed record AppendRowInput(
    [About("The spreadsheet's id, or its whole address in the browser")] string Spreadsheet,
    [About("The sheet's name, as its tab shows it")] string Sheet,
    [About("The values: a map of column names and values, or a list from column A on")] JsonElement Values,
    [About("A whole map of columns to add; where `values` has the same column, that counts")] JsonElement? More = null,
    [About("A column that the hub fills with its key for this row, by which it finds the row again after a lost answer")] string? KeyColumn = null,
    [About("What to do about a column that the sheet lacks: `fail` writes nothing and names it, `ignore` leaves its value out, `add` adds it at the end of row 1")] NewColumns NewColumns = NewColumns.Fail,
    [About("What a moment becomes: `cells` a date cell, `text` its text")] Dates Dates = Dates.Cells);

/// <summary>What <c>google-sheets.append-row</c> gives.</summary>
internal sealed record AppendedRow(
    [About("The row's number at that moment")] int RowNumber,
    [About("The cells written, such as `Leads!A12:C12`")] string? Range = null,
    [About("What did not go as it should although the row is written, such as dates that show as numbers")] string? Note = null);

/// <summary>
/// values.append, for all rows that wait for the same sheet: Google lets an account write 60 times a minute. Sheets knows no request key: the
/// hub's key in a column is what a lost row is found by.
/// </summary>
internal sealed class AppendRow : BatchAction<AppendRowInput, AppendedRow>
{
    public override string Name => "append-row";

    public override string About => "Adds a row at the end of a sheet.";

    public override Repeat Repeat => Repeat.Unsafe;

    public override int MaxItems => 200;

    protected override AppendedRow Sample => new(2, "Sheet!A2:C2");

    protected override string BatchKey(AppendRowInput input) => $"{SheetText.Id(input.Spreadsheet)}\n{input.Sheet.ToUpperInvariant()}\n{Writes(input)}";

    protected override int Writes(AppendRowInput input) =>
        RowValues.TryRead(input.Values, input.More, input.Dates, out var values, out _) && values.HasMoments ? 2 : 1;

    protected override async Task ExecuteManyAsync(
        IReadOnlyList<Member> members, ActionContext context, Action<Member, StepOutcome> tell, CancellationToken cancellationToken)
    {
        var given = new List<(Member Member, RowValues Values)>();
        foreach (var member in members)
        {
            if (RowValues.TryRead(member.Input.Values, member.Input.More, member.Input.Dates, out var values, out var problem))
            {
                given.Add((member, values));
            }
            else
            {
                tell(member, StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}"));
            }
        }

        if (given.Count > 0)
        {
            var (spreadsheet, sheet) = (given[0].Member.Input.Spreadsheet, given[0].Member.Input.Sheet);
            var opened = await SheetTable.OpenAsync(context, spreadsheet, sheet, Sample, cancellationToken);
            await opened.End(table => AppendAsync(table, given, tell, cancellationToken), stopped => TellAll(given.Select(row => row.Member), stopped.Outcome, tell));
        }
    }

    // A row that cannot be placed is told alone. What Google did not answer for one it need not be asked for the others.
    private static async Task AppendAsync(
        SheetTable table, IReadOnlyList<(Member Member, RowValues Values)> given, Action<Member, StepOutcome> tell, CancellationToken cancellationToken)
    {
        var rows = new List<(Member Member, ReadyRow Row)>();
        foreach (var (member, values) in given)
        {
            var ready = await table.ReadyAsync(values, Mark(member.Input, member.EffectKey), member.Input.NewColumns, cancellationToken);
            if (ready is GoogleReply<ReadyRow>.Got got)
            {
                rows.Add((member, got.Value));
                continue;
            }

            var outcome = ready.End(_ => NothingToAsk.Outcome, stopped => stopped.Outcome);
            if (outcome is not StepOutcome.Failed { Kind: FailureKind.Rejected })
            {
                await TellAll(given.Select(row => row.Member), outcome, tell);
                return;
            }

            tell(member, outcome);
        }

        if (rows.Count == 0)
        {
            return;
        }

        var written = await table.AppendAsync([.. rows.Select(row => row.Row)], cancellationToken);
        await written.End(first => TellRows(table, rows, first, tell), stopped => TellAll(rows.Select(row => row.Member), stopped.Outcome, tell));
    }

    // Google tells the range of all; the rows stand in it in the order they were sent.
    private static Task TellRows(SheetTable table, IReadOnlyList<(Member Member, ReadyRow Row)> rows, WrittenRow first, Action<Member, StepOutcome> tell)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var number = first.Row + i;
            var range = rows.Count == 1 ? first.Range : SheetText.Range(table.Sheet, $"A{number}:{SheetText.Column(rows[i].Row.Row.Cells.Count - 1)}{number}");
            tell(rows[i].Member, Done(new AppendedRow(number, range, first.Note)));
        }

        return Task.CompletedTask;
    }

    private static Task TellAll(IEnumerable<Member> members, StepOutcome outcome, Action<Member, StepOutcome> tell)
    {
        foreach (var member in members)
        {
            tell(member, outcome);
        }

        return Task.CompletedTask;
    }

    protected override async Task<Probe> FindAsync(AppendRowInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (Mark(input, context.EffectKey) is not { } mark)
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

    private static (string Column, JsonElement Value)? Mark(AppendRowInput input, string effectKey) =>
        input.KeyColumn is { } column ? (column, JsonSerializer.SerializeToElement(effectKey)) : null;
}
