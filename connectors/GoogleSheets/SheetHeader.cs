using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>The names in row 1. Upper and lower case, and spaces around a name, do not count.</summary>
internal sealed record SheetHeader(IReadOnlyList<string> Names)
{
    /// <summary>Where a name stands, counted from 0: once, nowhere, or several times.</summary>
    public IReadOnlyList<int> Find(string name) =>
        [.. Enumerable.Range(0, Names.Count).Where(index => string.Equals(Names[index].Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase))];

    /// <summary>The names, for a message.</summary>
    public string Listed() => string.Join(", ", Names.Where(name => name.Trim().Length > 0).Take(50)) is { Length: > 0 } names ? names : "no columns";

    /// <summary>Reads an answer; an empty row is no names, and null is an answer that cannot be read.</summary>
    public static SheetHeader? Read(JsonElement json)
    {
        if (SheetValues.Lists(json) is not { } lists)
        {
            return null;
        }

        return new SheetHeader(lists.Count == 0 ? [] : [.. lists[0].Select(cell => SheetValues.Text(cell) ?? string.Empty)]);
    }
}

/// <summary>Values as Sheets answers them.</summary>
internal static class SheetValues
{
    /// <summary>The rows, or the columns, of an answer; empty cells at their end are left out by Google. Null where it is no such answer.</summary>
    public static IReadOnlyList<IReadOnlyList<JsonElement>>? Lists(JsonElement json)
    {
        if (UntrustedJson.Text(json, "range") is null)
        {
            return null;
        }

        if (UntrustedJson.Member(json, "values") is not { } values)
        {
            return [];
        }

        return values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(list => list.ValueKind == JsonValueKind.Array)
            ? [.. values.EnumerateArray().Select(list => (IReadOnlyList<JsonElement>)[.. list.EnumerateArray()])]
            : null;
    }

    /// <summary>A cell as text, or null where it is no text, number or true/false.</summary>
    public static string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => UntrustedJson.Text(cell),
        JsonValueKind.Number => cell.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>True where a cell holds what is looked for: the same text, or the same number however it is written. Parts of a day count to a tenth of a second.</summary>
    public static bool Same(JsonElement cell, JsonElement wanted) =>
        string.Equals(Text(cell), Text(wanted), StringComparison.Ordinal)
        || (cell.ValueKind == JsonValueKind.Number && wanted.ValueKind == JsonValueKind.Number
            && cell.TryGetDouble(out var one) && wanted.TryGetDouble(out var other)
            && (one.Equals(other) || (Math.Abs(one - other) < 1e-6 && Math.Floor(other) < other)));
}
