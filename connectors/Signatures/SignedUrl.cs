namespace ConnectorHub.Connectors.Signatures;

/// <summary>The address as a sender signs it.</summary>
internal static class SignedUrl
{
    /// <summary>Writes the characters of <paramref name="unescaped"/> as they are where the address has them as <c>%XX</c>.</summary>
    public static string? Of(string? url, string unescaped)
    {
        if (url is null || unescaped.Length == 0)
        {
            return url;
        }

        foreach (var character in unescaped)
        {
            url = url.Replace(Uri.HexEscape(character), character.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return url;
    }
}
