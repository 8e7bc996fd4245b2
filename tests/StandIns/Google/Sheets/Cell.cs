using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>What a cell holds.</summary>
/// <param name="Value">Text, a number or true/false.</param>
/// <param name="Kind">The type of its number format, such as <c>DATE_TIME</c>; null where it has none.</param>
/// <param name="Pattern">The pattern of its number format, such as <c>yyyy-mm-dd hh:mm:ss</c>.</param>
/// <param name="IsFormula">True where the text is one that Sheets would compute.</param>
internal sealed record Cell(object Value, string? Kind = null, string? Pattern = null, bool IsFormula = false)
{
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>As <c>values.get</c> gives it.</summary>
    public JsonNode Show(bool formatted, bool datesAsText) => Value switch
    {
        string text => text,
        bool flag when formatted => flag ? "TRUE" : "FALSE",
        bool flag => flag,
        double number when IsDate && (formatted || datesAsText) => Date(number),
        double number when formatted => number.ToString("R", CultureInfo.InvariantCulture),
        double number => Math.Floor(number) == number && Math.Abs(number) < 1e15 ? (long)number : number,
        _ => throw new InvalidOperationException($"{Value.GetType().Name} is not what a cell holds."),
    };

    /// <summary>As <c>spreadsheets.get</c> gives it.</summary>
    public JsonObject Describe()
    {
        var json = new JsonObject { ["formattedValue"] = Show(formatted: true, datesAsText: true) };
        if (Kind is not null)
        {
            json["effectiveFormat"] = new JsonObject { ["numberFormat"] = new JsonObject { ["type"] = Kind, ["pattern"] = Pattern ?? Usual } };
        }

        return json;
    }

    private bool IsDate => Kind is "DATE" or "DATE_TIME" or "TIME";

    // Days since the end of 1899, in the time zone of the spreadsheet.
    private string Date(double serial) => Epoch.AddDays(serial).AddMilliseconds(0.5).ToString(Net(Pattern ?? Usual), CultureInfo.InvariantCulture);

    private string Usual => Kind switch { "DATE" => "yyyy-mm-dd", "TIME" => "hh:mm:ss", _ => "yyyy-mm-dd hh:mm:ss" };

    // In Sheets m is a month, or a minute next to hours or seconds.
    private static string Net(string pattern)
    {
        var date = pattern.IndexOfAny(['h', 'H']) is var hours and >= 0 ? pattern[..hours] : pattern;
        return date.Replace('m', 'M') + pattern[date.Length..].Replace('h', 'H');
    }
}
