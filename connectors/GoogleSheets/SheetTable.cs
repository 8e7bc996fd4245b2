using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>One sheet of a spreadsheet, during one attempt.</summary>
/// <param name="Session">Who asks.</param>
/// <param name="Context">The attempt.</param>
/// <param name="Spreadsheet">The spreadsheet's id or address.</param>
/// <param name="Sheet">The sheet's name.</param>
/// <param name="Sample">What a rehearsal answers.</param>
internal sealed record SheetTable(GoogleSession Session, ActionContext Context, string Spreadsheet, string Sheet, object Sample)
{
    // Long enough for a burst of events, short enough that a column moved by a person is soon noticed.
    private static readonly TimeSpan HeaderLifetime = TimeSpan.FromMinutes(1);

    // Rows of one call share this: what was read for one is not read again for the next.
    private SheetHeader? _header;
    private DateCells? _dates;

    /// <summary>Where the header is kept.</summary>
    public string HeaderKey => $"header {SheetText.Id(Spreadsheet)} {Sheet}";

    public static async Task<GoogleReply<SheetTable>> OpenAsync(ActionContext context, string spreadsheet, string sheet, object sample, CancellationToken cancellationToken)
    {
        var opened = await GoogleSession.OpenAsync(context, GoogleSheetsConnector.Scope, cancellationToken);
        return await opened.ThenAsync(session => Task.FromResult<GoogleReply<SheetTable>>(
            new GoogleReply<SheetTable>.Got(new SheetTable(session, context, spreadsheet, sheet, sample))));
    }

    /// <summary>The names in row 1, kept for a minute; <paramref name="anew"/> asks again.</summary>
    public async Task<(GoogleReply<SheetHeader> Reply, bool WasKept)> HeaderAsync(bool anew, CancellationToken cancellationToken)
    {
        if (anew)
        {
            Context.ForgetCached(HeaderKey);
        }
        else if (_header is { } known)
        {
            return (new GoogleReply<SheetHeader>.Got(known), false);
        }

        GoogleReply<SheetHeader>? read = null;
        var header = await Context.CachedAsync(
            HeaderKey,
            HeaderLifetime,
            async cancelled =>
            {
                read = await Session.AskAsync(Session.Read(SheetText.ValuesUrl(Spreadsheet, SheetText.Range(Sheet, "1:1"))), SheetHeader.Read, Sample, cancelled);
                return _header = read.End<SheetHeader?>(names => names, _ => null);
            },
            cancellationToken);
        return (header is null ? read! : new GoogleReply<SheetHeader>.Got(header), read is null);
    }

    /// <summary>The header with every name that is needed. A kept one that lacks a name is asked for once more.</summary>
    public async Task<GoogleReply<SheetHeader>> HeaderWithAsync(Func<SheetHeader, IReadOnlyList<string>> missing, CancellationToken cancellationToken)
    {
        var (reply, wasKept) = await HeaderAsync(anew: false, cancellationToken);
        return wasKept && reply is GoogleReply<SheetHeader>.Got got && missing(got.Value).Count > 0
            ? (await HeaderAsync(anew: true, cancellationToken)).Reply
            : reply;
    }

    /// <summary>What writing a row needs: its cells in their places, and how its dates are shown. Rejected where a column is missing or there twice.</summary>
    public async Task<GoogleReply<ReadyRow>> ReadyAsync(RowValues values, (string Column, JsonElement Value)? mark, NewColumns newColumns, CancellationToken cancellationToken)
    {
        var placed = await PlaceAsync(values, mark, newColumns, cancellationToken);
        return await placed.ThenAsync(async row =>
        {
            if (row.Moments.Count == 0)
            {
                return new GoogleReply<ReadyRow>.Got(new ReadyRow(row, null));
            }

            var dates = _dates is { } known ? new GoogleReply<DateCells>.Got(known) : await DateCells.ReadAsync(this, cancellationToken);
            return await dates.ThenAsync(cells => Task.FromResult<GoogleReply<ReadyRow>>(new GoogleReply<ReadyRow>.Got(new ReadyRow(row, _dates = cells))));
        });
    }

    private async Task<GoogleReply<SheetRow>> PlaceAsync(
        RowValues values, (string Column, JsonElement Value)? mark, NewColumns newColumns, CancellationToken cancellationToken)
    {
        if (values.IsList && mark is null)
        {
            return Placed(values.Place(new SheetHeader([]), null));
        }

        var reply = await HeaderWithAsync(header => [.. values.Missing(header), .. Missing(header, mark?.Column)], cancellationToken);
        return await reply.ThenAsync(async header =>
        {
            IReadOnlyList<string> missing = newColumns == NewColumns.Add ? [.. values.Missing(header), .. Missing(header, mark?.Column)] : [];
            if (missing.Count == 0)
            {
                return Place(values, mark, newColumns, header);
            }

            var added = await AddedColumns.AddAsync(this, header, missing, cancellationToken);
            return await added.ThenAsync(wider => Task.FromResult(Place(values, mark, newColumns, wider)));
        });
    }

    /// <summary>A column's index, or Rejected where it is missing or there twice.</summary>
    public GoogleReply<int> Column(SheetHeader header, string name) => header.Find(name) switch
    {
        [var index] => new GoogleReply<int>.Got(index),
        [] => GoogleReply<int>.Reject("column_missing", $"Sheet '{Sheet}' has no column '{name}'. It has: {header.Listed()}."),
        _ => GoogleReply<int>.Reject("column_twice", $"Sheet '{Sheet}' has the column '{name}' twice. Rename one of them in row 1."),
    };

    /// <summary>
    /// The rows, counted from 1 and below the header, whose cell of a column holds a value. A kept header may be out of date: the column's own
    /// first cell tells, and then nothing was done yet.
    /// </summary>
    public async Task<GoogleReply<IReadOnlyList<int>>> RowsWithAsync(int column, SheetHeader header, JsonElement value, CancellationToken cancellationToken)
    {
        var letters = SheetText.Column(column);
        var url = SheetText.ValuesUrl(Spreadsheet, SheetText.Range(Sheet, $"{letters}:{letters}")) + "?majorDimension=COLUMNS&valueRenderOption=UNFORMATTED_VALUE";
        var read = await Session.AskAsync(Session.Read(url), SheetValues.Lists, Sample, cancellationToken);
        return await read.ThenAsync(lists => Task.FromResult(lists is [[var head, ..] cells] && SheetValues.Text(head) == header.Names[column]
            ? new GoogleReply<IReadOnlyList<int>>.Got([.. Enumerable.Range(1, cells.Count - 1).Where(index => SheetValues.Same(cells[index], value)).Select(index => index + 1)])
            : Moved(header.Names[column])));
    }

    /// <summary>Adds rows below the table that begins in A1, in one call, and tells where the first one is.</summary>
    public async Task<GoogleReply<WrittenRow>> AppendAsync(IReadOnlyList<ReadyRow> rows, CancellationToken cancellationToken)
    {
        // RAW keeps "=1+1" a text; INSERT_ROWS never writes over a row that came in between.
        var range = SheetText.Range(Sheet, $"A1:{SheetText.Column(rows.Max(row => row.Row.Cells.Count) - 1)}1");
        var url = SheetText.ValuesUrl(Spreadsheet, range) + ":append?valueInputOption=RAW&insertDataOption=INSERT_ROWS";
        var written = await Session.AskAsync(
            Session.Write(HttpMethod.Post, url, new Body([.. rows.Select(row => row.Row.Cells)])),
            json => UntrustedJson.Member(json, "updates") is { } updates ? WrittenRow.Read(updates) : null,
            Sample,
            cancellationToken);
        return await written.ThenAsync(first => ShowAsync(first, rows, cancellationToken));
    }

    /// <summary>Writes over a row; its cells without a value stay.</summary>
    public async Task<GoogleReply<WrittenRow>> PutAsync(int number, ReadyRow row, CancellationToken cancellationToken)
    {
        var range = SheetText.Range(Sheet, $"A{number}:{SheetText.Column(row.Row.Cells.Count - 1)}{number}");
        var request = Session.Write(HttpMethod.Put, SheetText.ValuesUrl(Spreadsheet, range) + "?valueInputOption=RAW", new Body([row.Row.Cells]));
        var written = await Session.AskAsync(request, WrittenRow.Read, Sample, cancellationToken);
        return await written.ThenAsync(there => ShowAsync(there with { Row = number }, [row], cancellationToken));
    }

    /// <summary>Reads cells. Numbers stay numbers, dates are as the sheet shows them.</summary>
    public Task<GoogleReply<T>> ReadAsync<T>(string cells, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var url = SheetText.ValuesUrl(Spreadsheet, SheetText.Range(Sheet, cells)) + "?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING";
        return Session.AskAsync(Session.Read(url), read, Sample, cancellationToken);
    }

    /// <summary>Reads one row.</summary>
    public Task<GoogleReply<T>> ReadRowAsync<T>(int number, Func<IReadOnlyList<JsonElement>, T> read, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync($"{number}:{number}", json => SheetValues.Lists(json) is { } lists ? read(lists.Count == 0 ? [] : lists[0]) : null, cancellationToken);

    private async Task<GoogleReply<WrittenRow>> ShowAsync(WrittenRow first, IReadOnlyList<ReadyRow> rows, CancellationToken cancellationToken)
    {
        var dates = rows.FirstOrDefault(row => row.Dates is not null)?.Dates;
        var note = dates is null ? null : await dates.ShowAsync(this, [.. rows.Select((row, i) => (first.Row + i, row.Row))], cancellationToken);
        return new GoogleReply<WrittenRow>.Got(first with { Note = note });
    }

    private GoogleReply<SheetRow> Place(RowValues values, (string Column, JsonElement Value)? mark, NewColumns newColumns, SheetHeader header)
    {
        if (mark is { } given && Column(header, given.Column) is GoogleReply<int>.Stopped stopped)
        {
            return new GoogleReply<SheetRow>.Stopped(stopped.Outcome);
        }

        if (values.Missing(header) is { Count: > 0 } missing && newColumns == NewColumns.Fail)
        {
            return GoogleReply<SheetRow>.Reject(
                "column_missing",
                $"Sheet '{Sheet}' has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}. It has: {header.Listed()}. "
                + "Add what is missing to row 1, or set new_columns: add (or ignore).");
        }

        return values.Ambiguous(header) is { } twice
            ? GoogleReply<SheetRow>.Reject("column_twice", $"Sheet '{Sheet}' has the column '{twice}' twice. Rename one of them in row 1.")
            : Placed(values.Place(header, mark));
    }

    private GoogleReply<IReadOnlyList<int>> Moved(string column)
    {
        Context.ForgetCached(HeaderKey);
        return new GoogleReply<IReadOnlyList<int>>.Stopped(StepOutcome.Fail(
            FailureKind.Transient, "column_moved", $"Column '{column}' of sheet '{Sheet}' is being moved or renamed; the next try reads the names anew."));
    }

    private static GoogleReply<SheetRow> Placed(SheetRow row) => row.Cells.Any(cell => cell is not null)
        ? new GoogleReply<SheetRow>.Got(row)
        : GoogleReply<SheetRow>.Reject("row_empty", "The row has no value to write: all are empty, or none of their columns is there.");

    private static string[] Missing(SheetHeader header, string? column) => column is not null && header.Find(column).Count == 0 ? [column] : [];

    private sealed record Body(IReadOnlyList<IReadOnlyList<JsonElement?>> Values);
}

/// <summary>A row that may be written.</summary>
/// <param name="Dates">How its dates are shown; null where it has none.</param>
internal sealed record ReadyRow(SheetRow Row, DateCells? Dates);

/// <summary>Where a row was written.</summary>
internal sealed record WrittenRow(int Row, string Range, string? Note = null)
{
    public static WrittenRow? Read(JsonElement json) =>
        UntrustedJson.Text(json, "updatedRange") is { } range && SheetText.Row(range) is { } row ? new WrittenRow(row, range) : null;
}
