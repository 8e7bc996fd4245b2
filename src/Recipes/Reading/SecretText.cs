using System.Text.RegularExpressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Finds what looks like a token or a key in a recipe, and keeps it out of every message.</summary>
internal static partial class SecretText
{
    public static void Find(YamlText source, FindingList findings)
    {
        foreach (var match in Tokens().EnumerateMatches(source.Text))
        {
            findings.Error(
                source.PlaceAt(match.Index),
                FindingCodes.SecretInRecipe,
                $"this looks like {Kind(source.Text.AsSpan(match.Index, match.Length))}. Recipes are read by many: put it into the settings of a connection (\"env:NAME\" or \"file:path\"), name the connection here, and revoke this one.");
        }
    }

    public static string Mask(string message) => Tokens().Replace(message, "***");

    private static string Kind(ReadOnlySpan<char> token) => token switch
    {
        _ when token.StartsWith("xox") || token.StartsWith("xapp") => "a Slack token",
        _ when token.StartsWith("whsec_") => "the signing secret of a webhook",
        _ when token.StartsWith("pat-") => "a HubSpot access token",
        _ when token.StartsWith("-----") => "a private key",
        _ when token.StartsWith("hooks.") => "the address of a Slack webhook, which is a secret itself",
        _ => "an access token",
    };

    [GeneratedRegex(
        """
        \b(xox[a-z]|xapp)-[0-9A-Za-z-]{10,}
        |\bwhsec_[0-9A-Za-z+/=_-]{16,}
        |\bpat-[a-z]{2}[0-9]{1,2}-[0-9A-Fa-f-]{20,}
        |\bhooks\.slack\.com/(services|triggers|workflows)/[0-9A-Za-z/_-]{8,}
        |-----BEGIN\ [A-Z ]*PRIVATE\ KEY-----
        |\bya29\.[0-9A-Za-z_-]{20,}
        |\bAIza[0-9A-Za-z_-]{30,}
        |\bgh[pousr]_[0-9A-Za-z]{30,}
        |\bsk_(live|test)_[0-9A-Za-z]{16,}
        |\beyJ[0-9A-Za-z_-]{15,}\.eyJ[0-9A-Za-z_-]{15,}\.[0-9A-Za-z_-]{10,}
        """,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Tokens();
}
