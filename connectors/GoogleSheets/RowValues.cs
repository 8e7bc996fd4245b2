using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>What to do about a value whose column the sheet does not have.</summary>
internal enum NewColumns
{
    /// <summary>Write nothing, and name the columns.</summary>
    Fail,

    /// <summary>Leave the value out.</summary>
    Ignore,

    /// <summary>Add the column at the end of row 1.</summary>
    Add,
}

/// <summary>What becomes of a moment, such as <c>2026-03-02T09:30:00+01:00</c>.</summary>
internal enum Dates
{
    /// <summary>A date cell, that Sheets can sort by and calculate with.</summary>
    Cells,

    /// <summary>The text as it is.</summary>
    Text,
}

/// <summary>A row as it is written; null leaves a cell as it is.</summary>
/// <param name="Cells">From column A on.</param>
/// <param name="Header">The names they were placed by.</param>
/// <param name="Moments">The cells that hold dates, counted from 0.</param>
internal sealed record SheetRow(IReadOnlyList<JsonElement?> Cells, SheetHeader Header, IReadOnlyList<int> Moments);

/// <summary>The values of a row as a recipe gives them: by the names of columns, or as a list from column A on.</summary>
internal sealed class RowValues
{
    // Sheets keeps numbers as doubles: a longer whole number would lose digits.
    private const long LargestExact = 9_007_199_254_740_991;

    private readonly List<(string Name, JsonElement? Cell)> _named = [];
    private readonly List<JsonElement?>? _list;
    private readonly Dates _dates;

    private RowValues(List<JsonElement?>? list, Dates dates) => (_list, _dates) = (list, dates);

    /// <summary>True where no name has to be looked up.</summary>
    public bool IsList => _list is not null;

    /// <summary>Takes a map or a list, and <paramref name="more"/>, a whole map whose values give way to those of the first.</summary>
    public static bool TryRead(JsonElement values, JsonElement? more, Dates dates, [NotNullWhen(true)] out RowValues? read, [NotNullWhen(false)] out string? problem)
    {
        read = null;
        problem = (values.ValueKind, more?.ValueKind) switch
        {
            (JsonValueKind.Object, null or JsonValueKind.Object) => null,
            (JsonValueKind.Array, null) => null,
            (JsonValueKind.Array, _) => "'more' is a map of columns and cannot be added to 'values' as a list; make 'values' a map.",
            (JsonValueKind.Object, _) => "'more' must be a map of columns and their values.",
            _ => "'values' must be a map of columns and their values, or a list of values.",
        };
        if (problem is not null)
        {
            return false;
        }

        read = new RowValues(values.ValueKind == JsonValueKind.Array ? [] : null, dates);
        problem = read.IsList ? read.AddList(values) : read.AddMap(values) ?? (more is { } map ? read.AddMap(map) : null);
        return problem is null;
    }

    /// <summary>The value of a column, where it is given and not null.</summary>
    public JsonElement? Of(string column) => _named.FirstOrDefault(value => IsSame(value.Name, column)).Cell;

    /// <summary>The names that a header lacks.</summary>
    public IReadOnlyList<string> Missing(SheetHeader header) => [.. _named.Select(value => value.Name).Where(name => header.Find(name).Count == 0)];

    /// <summary>The cells in the order of the header, with <paramref name="mark"/> under its column. Names must be unambiguous.</summary>
    public SheetRow Place(SheetHeader header, (string Column, JsonElement Value)? mark)
    {
        var cells = new List<JsonElement?>(_list ?? []);
        foreach (var (name, cell) in _named.Concat(mark is { } given ? [(given.Column, (JsonElement?)given.Value)] : []))
        {
            foreach (var index in header.Find(name))
            {
                cells.AddRange(Enumerable.Repeat<JsonElement?>(null, Math.Max(0, index + 1 - cells.Count)));
                cells[index] = cell;
            }
        }

        var moments = new List<int>();
        for (var index = 0; _dates == Dates.Cells && index < cells.Count; index++)
        {
            if (cells[index] is { ValueKind: JsonValueKind.String } cell && SheetMoment.AsCell(cell) is { ValueKind: JsonValueKind.Number } date)
            {
                cells[index] = date;
                moments.Add(index);
            }
        }

        return new SheetRow(cells, header, moments);
    }

    /// <summary>True where a value becomes a date cell.</summary>
    public bool HasMoments => _dates == Dates.Cells && (_list ?? _named.ConvertAll(value => value.Cell))
        .Any(cell => cell is { ValueKind: JsonValueKind.String } text && SheetMoment.TryRead(UntrustedJson.Text(text), out _));

    /// <summary>A name of these that the header has twice, or null.</summary>
    public string? Ambiguous(SheetHeader header) => _named.Select(value => value.Name).FirstOrDefault(name => header.Find(name).Count > 1);

    private string? AddList(JsonElement list)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (!TryCell(item, out var cell))
            {
                return $"the value of column {SheetText.Column(_list!.Count)} is a list or a map; a cell holds text, a number, true, false or nothing.";
            }

            _list!.Add(cell);
        }

        return null;
    }

    private string? AddMap(JsonElement map)
    {
        foreach (var member in map.EnumerateObject())
        {
            if (UntrustedJson.Name(member)?.Trim() is not { Length: > 0 } name)
            {
                return "a column has no name.";
            }

            if (!TryCell(member.Value, out var cell))
            {
                return $"the value of '{name}' is a list or a map; a cell holds text, a number, true, false or nothing.";
            }

            if (!_named.Any(value => IsSame(value.Name, name)))
            {
                _named.Add((name, cell));
            }
        }

        return null;
    }

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool TryCell(JsonElement value, out JsonElement? cell)
    {
        cell = value.ValueKind switch
        {
            JsonValueKind.Number when !IsExact(value) => JsonSerializer.SerializeToElement(value.GetRawText()),
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value,
            _ => null,
        };
        return value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
    }

    private static bool IsExact(JsonElement number) => number.TryGetInt64(out var whole)
        ? whole is >= -LargestExact and <= LargestExact
        : number.TryGetDouble(out var wide) && Math.Abs(wide) <= LargestExact;
}
