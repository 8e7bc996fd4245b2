using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Runs;

/// <summary>The name of one effect: the same for every attempt of it, different for every other effect.</summary>
public static class EffectKey
{
    /// <summary>
    /// SHA-256 in hex over connection, the event's dedupe key (or else its id), recipe id, step id, item key and generation.
    /// Parts are length-prefixed, so that no two lists of parts run together.
    /// </summary>
    public static string For(string connection, string eventKey, string recipeId, string stepId, string itemKey, int generation)
    {
        var text = new StringBuilder(192);
        foreach (var part in (ReadOnlySpan<string>)[connection, eventKey, recipeId, stepId, itemKey, generation.ToString(CultureInfo.InvariantCulture)])
        {
            text.Append(part.Length).Append(':').Append(part).Append(';');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The same for what a step with a business name makes, whatever the run and the recipe.</summary>
    public static string ForKey(string connection, string kind, string key, int generation) =>
        // No platform's id begins with a control character, so no event's key is taken for this one.
        For(connection, "\u0001made", kind, key, string.Empty, generation);
}
