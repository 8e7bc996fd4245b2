namespace ConnectorHub.Connectors.Reading;

/// <summary>Headers by name.</summary>
internal static class RequestHeaders
{
    /// <summary>A header's value, or null. Names come in any case, and the dictionary need not know that.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> headers, string name)
    {
        if (headers.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var header in headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
