using System.Globalization;

namespace ConnectorHub.Abstractions;

/// <summary>The three date forms that HTTP allows (RFC 9110, 5.6.7), always UTC.</summary>
internal static class HttpDate
{
    private static readonly string[] Forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    public static bool TryParse(string? text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text,
        Forms,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
        out date);
}
