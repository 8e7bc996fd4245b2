using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>A contact as HubSpot's answers show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where a person sees it in HubSpot; not every version says so.</param>
/// <param name="Properties">Those that have a value.</param>
internal sealed record ContactRecord(string Id, string? Url, IReadOnlyDictionary<string, string> Properties)
{
    private const int LongestUrl = 1000;

    /// <summary>Null where the answer lacks the id.</summary>
    public static ContactRecord? Read(JsonElement json) =>
        UntrustedJson.Text(json, "id") is { } id && Given.IsId(id) ? new ContactRecord(id, ReadUrl(json), ReadProperties(json)) : null;

    private static string? ReadUrl(JsonElement json) =>
        UntrustedJson.Text(json, "url") is { Length: <= LongestUrl } url && url.StartsWith("https://", StringComparison.Ordinal) ? url : null;

    private static Dictionary<string, string> ReadProperties(JsonElement json)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (UntrustedJson.Member(json, "properties") is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var member in map.EnumerateObject())
            {
                if (UntrustedJson.Name(member) is { } name && UntrustedJson.Text(member.Value) is { } value)
                {
                    properties[name] = value;
                }
            }
        }

        return properties;
    }
}
