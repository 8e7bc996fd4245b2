using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>
/// Moments as Sheets keeps them: days since 30 December 1899 as a number, without a zone, so the moment's own wall time counts. Only whole
/// ISO date-times with an offset or Z, as the hub writes moments, are taken for one: a date alone or an amount stays a text.
/// </summary>
internal static class SheetMoment
{
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>The number of a moment's cell.</summary>
    public static bool TryRead(string? text, out double serial)
    {
        serial = 0;

        // K also takes a text without any offset, whose zone nobody knows.
        if (text is not { Length: > 16 and < 40 } || !(text[^1] == 'Z' || text[^6] is '+' or '-')
            || !DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return false;
        }

        serial = Math.Round((moment.DateTime - Epoch).TotalDays, 9);
        return serial >= 1;
    }

    /// <summary>A moment as the number of its cell; all else as it is.</summary>
    public static JsonElement AsCell(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && TryRead(UntrustedJson.Text(value), out var serial) ? JsonSerializer.SerializeToElement(serial) : value;
}
