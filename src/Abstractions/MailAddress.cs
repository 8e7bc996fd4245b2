using System.Text.RegularExpressions;

namespace ConnectorHub.Abstractions;

/// <summary>
/// What the hub takes for the address of one mailbox: no name, no angle brackets, no quotes, no second address. Nothing that passes can end a
/// line or a command of a mail server.
/// </summary>
public static partial class MailAddress
{
    private const int Longest = 254; // RFC 5321, 4.5.3.1.3, less its two angle brackets

    /// <summary>True where the text is one address, such as <c>ana@shop.example</c>.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Longest && Form().IsMatch(text);
    }

    /// <summary>The part behind the @ of an address.</summary>
    public static string DomainOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address[(address.LastIndexOf('@') + 1)..];
    }

    [GeneratedRegex(
        @"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
