using System.Text.RegularExpressions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What a recipe hands over, checked before it becomes part of an address.</summary>
internal static partial class Given
{
    /// <summary>The address as HubSpot compares it: trimmed and in lower case; null where it is none.</summary>
    public static string? Email(string text)
    {
        var email = text.Trim().ToLowerInvariant();
        return email.Length <= 254 && Address().IsMatch(email) ? email : null;
    }

    /// <summary>True for the id of a record or a list: HubSpot's are whole numbers.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>True for a kind of record: its name (<c>contacts</c>) or id (<c>0-1</c>, <c>2-3453932</c>).</summary>
    public static bool IsObjectType(string text) => ObjectType().IsMatch(text);

    /// <summary>The flaw of an address that is none.</summary>
    public static string NoEmail(string text) => $"'{Shown.Value(text)}' is not an e-mail address.";

    /// <summary>The flaw of an id that is none.</summary>
    public static string NoId(string field, string text) => $"'{field}' is '{Shown.Value(text)}'; HubSpot's ids are whole numbers, such as 37765128953.";

    [GeneratedRegex(@"^[^\s@\p{C}]+@[^\s@\p{C}]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[0-9]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ObjectType();
}
