using System.Net;

namespace ConnectorHub.Gateway.Settings;

/// <summary>The forms of text that settings take, each with the words for what is allowed.</summary>
internal static class SettingText
{
    public const string Listener = "an address such as http://127.0.0.1:8080; port 0 takes a free one; for https put a reverse proxy in front";
    public const string Address = "an absolute http or https address without user name, query or fragment";
    public const string Zone = "a zone of the IANA list, such as Europe/Paris";

    public static bool TryAny(string text, out string value)
    {
        value = text;
        return text.IndexOf('\0', StringComparison.Ordinal) < 0;
    }

    public static bool TryListener(string text, out string value)
    {
        value = text;
        return Parse(text) is { PathBase.Length: 0, Port: >= 0, Scheme: "http", Host.Length: > 0 };
    }

    public static bool TryAddress(string text, out Uri? value)
    {
        value = Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, Host.Length: > 0 }
            && !text.Contains('@', StringComparison.Ordinal)
            ? address
            : null;
        return value is not null;
    }

    public static bool TryZone(string text, out string value)
    {
        value = text;
        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId;
    }

    public static bool IsLoopback(string listener) =>
        Parse(listener) is { } address
        && (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    private static BindingAddress? Parse(string text)
    {
        try
        {
            return BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
