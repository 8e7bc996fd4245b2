using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>A spreadsheet: its sheets, and who may use it.</summary>
internal sealed class Spreadsheet(string id, params string[] sharedWith)
{
    public string Id => id;

    /// <summary>Who may read and write it.</summary>
    public IReadOnlySet<string> SharedWith { get; } = new HashSet<string>(sharedWith, StringComparer.OrdinalIgnoreCase);

    public List<Sheet> Sheets { get; private set; } = [];

    /// <summary>With one more sheet, whose row 1 holds names.</summary>
    public Spreadsheet With(string title, params IReadOnlyList<string> header)
    {
        var sheet = new Sheet(Sheets.Count, title);
        sheet.Width = Math.Max(sheet.Width, header.Count);
        sheet.Write(0, 0, [.. header.Select(name => (SentCell)new SentCell.Put(new Cell(name)))]);
        Sheets.Add(sheet);
        return this;
    }

    /// <summary>A sheet by its name; upper and lower case are the same. A range without a name is on the first.</summary>
    public Sheet? Find(string? title) => title is null
        ? Sheets.FirstOrDefault()
        : Sheets.FirstOrDefault(sheet => string.Equals(sheet.Title, title, StringComparison.OrdinalIgnoreCase));

    public Sheet? Find(int sheet) => Sheets.FirstOrDefault(one => one.Id == sheet);

    /// <summary>What can be put back: rows are replaced and never changed, so copies of the lists are enough.</summary>
    public List<Sheet> Keep() => [.. Sheets.Select(sheet => sheet.Copy())];

    public void PutBack(List<Sheet> kept) => Sheets = kept;

    /// <summary>All of it; with the cells of a range only where <paramref name="range"/> is given.</summary>
    public JsonObject ToJson(A1? range = null)
    {
        var json = new JsonObject
        {
            ["spreadsheetId"] = id,
            ["properties"] = new JsonObject { ["title"] = id, ["timeZone"] = "Europe/Paris", ["locale"] = "en_US" },
        };
        // A range names the sheets that are meant; the others are left out.
        json["sheets"] = new JsonArray([.. (range is null ? Sheets : Sheets.Where(sheet => sheet == Find(range.Sheet))).Select(sheet => (JsonNode)sheet.ToJson(range))]);
        return json;
    }
}

/// <summary>One sheet: rows of cells. Rows and columns count from 0.</summary>
internal sealed class Sheet(int id, string title)
{
    private const int ShownRows = 1000;
    private const int ShownColumns = 26;

    private List<Cell?[]> _rows = [];

    public int Id => id;

    public string Title { get; set; } = title;

    public int Rows => _rows.Count;

    public int Columns => _rows.Count == 0 ? 0 : _rows.Max(row => row.Length);

    /// <summary>How many columns it has, empty ones included. Nothing can be written behind the last one.</summary>
    public int Width { get; set; } = ShownColumns;

    public Cell? this[int row, int column] => row < _rows.Count && column < _rows[row].Length ? _rows[row][column] : null;

    /// <summary>The text of a cell as a person sees it.</summary>
    public string Text(int row, int column) => this[row, column]?.Show(formatted: true, datesAsText: true).ToString() ?? string.Empty;

    public bool IsEmptyRow(int row) => row >= _rows.Count || Array.TrueForAll(_rows[row], cell => cell is null);

    /// <summary>The row after the last one that holds anything.</summary>
    public int End()
    {
        var end = _rows.Count;
        while (end > 0 && IsEmptyRow(end - 1))
        {
            end--;
        }

        return end;
    }

    /// <summary>Writes cells from a place on.</summary>
    public void Write(int row, int left, IReadOnlyList<SentCell> cells)
    {
        while (_rows.Count <= row)
        {
            _rows.Add([]);
        }

        var now = new Cell?[Math.Max(_rows[row].Length, left + cells.Count)];
        _rows[row].CopyTo(now, 0);
        for (var index = 0; index < cells.Count; index++)
        {
            if (cells[index] is SentCell.Put put)
            {
                now[left + index] = put.Cell;
            }
        }

        _rows[row] = now;
    }

    /// <summary>Changes one cell.</summary>
    public void Change(int row, int column, Func<Cell?, Cell?> change) => Write(row, column, [new SentCell.Put(change(this[row, column]))]);

    /// <summary>Moves what is at a row and below it down.</summary>
    public void Insert(int row, int count)
    {
        if (row < _rows.Count)
        {
            _rows.InsertRange(row, Enumerable.Repeat(Array.Empty<Cell?>(), count));
        }
    }

    public Sheet Copy() => new(id, Title) { _rows = [.. _rows], Width = Width };

    public JsonObject ToJson(A1? range = null)
    {
        var json = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["sheetId"] = id,
                ["title"] = Title,
                ["sheetType"] = "GRID",
                ["gridProperties"] = new JsonObject { ["rowCount"] = Math.Max(ShownRows, Rows), ["columnCount"] = Width },
            },
        };
        if (range is not null)
        {
            json["data"] = new JsonArray(new JsonObject { ["rowData"] = Data(range) });
        }

        return json;
    }

    // Only as far as there is anything.
    private JsonArray Data(A1 range)
    {
        var (bottom, right) = Ends(range);
        var rows = new JsonArray();
        for (var row = range.Top; row <= Math.Min(bottom, Rows - 1); row++)
        {
            var at = row;
            rows.Add(new JsonObject
            {
                ["values"] = new JsonArray([.. Enumerable.Range(range.Left, Math.Max(0, Math.Min(right, Columns - 1) - range.Left + 1))
                    .Select(column => (JsonNode)(this[at, column]?.Describe() ?? []))]),
            });
        }

        return rows;
    }

    /// <summary>How far a range without an end goes.</summary>
    public (int Bottom, int Right) Ends(A1 range) =>
        (range.Bottom ?? Math.Max(ShownRows, Rows) - 1, range.Right ?? Width - 1);
}
