using System.Globalization;

namespace ConnectorHub.Recipes.Reading;

/// <summary><c>30s 2m 1h 30d</c>: a whole number and a unit.</summary>
internal static class Durations
{
    public const string Allowed = "a whole number with s, m, h or d, such as 30s, 2m, 6h, 30d";

    // Longer than anything is kept.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is < 2 or > 9 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return false;
        }

        TimeSpan? unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is null || number > Longest / unit.Value)
        {
            return false;
        }

        duration = unit.Value * number;
        return true;
    }
}
