using System.Text.RegularExpressions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>Where a record is found by its external id, checked before it becomes part of an address.</summary>
internal static partial class RecordPath
{
    private const int LongestValue = 255;

    /// <summary>What is wrong with the parts, or null.</summary>
    public static string? Flaw(string sobject, string field, string value) => (IsName(sobject), IsName(field), value.Trim()) switch
    {
        (false, _, _) => $"'sobject' is '{Shown.Value(sobject)}'; it must be the API name of an object, such as Contact or Booking__c.",
        (_, false, _) => $"'external_id_field' is '{Shown.Value(field)}'; it must be the API name of a field, such as Booking_Id__c.",
        (_, _, "") => "'external_id' is empty; it tells which record is meant.",
        (_, _, "." or "..") => $"'external_id' is '{value}', which Salesforce would take for another address.",
        (_, _, { Length: > LongestValue } found) => $"'external_id' has {found.Length} characters; Salesforce takes {LongestValue}.",
        _ => null,
    };

    /// <summary>True for an API name of an object or a field.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>The path behind the version.</summary>
    public static string Of(string sobject, string field, string value) => $"sobjects/{sobject}/{field}/{Uri.EscapeDataString(value.Trim())}";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,79}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
