using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>Lists of guests: addresses as a recipe gives them, and guests as Google keeps them.</summary>
internal static partial class Guests
{
    /// <summary>What is wrong with the addresses, or null.</summary>
    public static string? FindFlaw(IReadOnlyList<string>? addresses)
    {
        for (var i = 0; i < (addresses?.Count ?? 0); i++)
        {
            if (addresses![i].Trim() is { Length: > 0 } address && !Address().IsMatch(address))
            {
                return $"'attendees' has \"{Shown.Value(address)}\" at place {i + 1}; it must be an e-mail address alone, such as ana@shop.example.";
            }
        }

        return null;
    }

    /// <summary>The addresses without empty ones, each once: upper and lower case are the same person.</summary>
    public static IReadOnlyList<string> Clean(IReadOnlyList<string>? addresses) =>
        [.. (addresses ?? []).Select(address => address.Trim()).Where(address => address.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>New guests as Google wants them; null where there are none.</summary>
    public static IReadOnlyList<JsonElement>? ToNew(IReadOnlyList<string>? addresses) =>
        Clean(addresses) is { Count: > 0 } clean ? [.. clean.Select(ToNew)] : null;

    /// <summary>One new guest as Google wants it.</summary>
    public static JsonElement ToNew(string address) => JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["email"] = address });

    /// <summary>True where the guest has that address.</summary>
    public static bool Is(JsonElement guest, string address) =>
        string.Equals(UntrustedJson.Text(guest, "email"), address, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[^\s@,;<>""]+@[^\s@,;<>""]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
