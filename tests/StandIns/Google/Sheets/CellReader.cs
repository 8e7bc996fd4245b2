using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>What was sent for one cell. Closed.</summary>
internal abstract record SentCell
{
    private SentCell()
    {
    }

    /// <summary>The cell stays as it is.</summary>
    public sealed record Kept : SentCell;

    /// <summary>The cell is emptied, or filled.</summary>
    public sealed record Put(Cell? Cell) : SentCell;

    /// <summary>It cannot be a cell.</summary>
    public sealed record Wrong(string Message) : SentCell;
}

/// <summary>Reads cells as requests have them.</summary>
internal static class CellReader
{
    private const int Longest = 50_000;

    /// <summary>A value of <c>values.*</c>. With <paramref name="raw"/> a text stays the text it is; else it is taken as if a person typed it.</summary>
    public static SentCell Value(JsonNode? value, bool raw) => value switch
    {
        null => new SentCell.Kept(),
        JsonValue scalar => scalar.GetValueKind() switch
        {
            JsonValueKind.String => Text(scalar.GetValue<string>(), raw),
            JsonValueKind.True => new SentCell.Put(new Cell(true)),
            JsonValueKind.False => new SentCell.Put(new Cell(false)),
            _ => new SentCell.Put(new Cell(double.Parse(scalar.ToJsonString(), CultureInfo.InvariantCulture))),
        },
        JsonArray => new SentCell.Wrong("Invalid values: list_value is not a cell."),
        _ => new SentCell.Wrong("Invalid values: struct_value is not a cell."),
    };

    /// <summary>A <c>CellData</c> of <c>spreadsheets.batchUpdate</c>; null where it is none that is known here.</summary>
    public static SentCell Data(JsonNode? data)
    {
        var entered = data.At("userEnteredValue");
        var kind = data.Text("userEnteredFormat", "numberFormat", "type");
        var pattern = data.Text("userEnteredFormat", "numberFormat", "pattern");
        if (entered is not JsonObject { Count: > 0 } value)
        {
            return new SentCell.Put(kind is null ? null : new Cell(string.Empty, kind, pattern));
        }

        return value.First() switch
        {
            { Key: "stringValue", Value: JsonValue text } => Text(text.ToString(), raw: true),
            { Key: "numberValue", Value: JsonValue number } when double.TryParse(number.ToString(), CultureInfo.InvariantCulture, out var read) =>
                new SentCell.Put(new Cell(read, kind, pattern)),
            { Key: "boolValue", Value: JsonValue flag } => new SentCell.Put(new Cell(flag.ToString() is "true")),
            { Key: "formulaValue", Value: JsonValue formula } => new SentCell.Put(new Cell(formula.ToString(), IsFormula: true)),
            var other => new SentCell.Wrong($"Invalid value at 'userEnteredValue': {other.Key}."),
        };
    }

    private static SentCell Text(string text, bool raw)
    {
        if (text.Length > Longest)
        {
            return new SentCell.Wrong("Your input contains more than the maximum of 50000 characters in a single cell.");
        }

        return new SentCell.Put(text.Length == 0 ? null : raw ? new Cell(text) : Typed(text));
    }

    // As typed: what begins with = is computed, and what looks like a number is one.
    private static Cell Typed(string text) => text switch
    {
        ['=' or '+', ..] when !double.TryParse(text, CultureInfo.InvariantCulture, out _) => new Cell(text, IsFormula: true),
        ['\'', .. var rest] => new Cell(rest),
        "TRUE" or "true" => new Cell(true),
        "FALSE" or "false" => new Cell(false),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new Cell(number) : new Cell(text),
    };
}
