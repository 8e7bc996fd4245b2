using System.Globalization;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Spans of time as recipes write them: 30s, 15m, 2h, 3d, 1w.</summary>
public static class DurationText
{
    /// <summary>Reads a span of up to ten years.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var seconds = text[^1] switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => 0,
        };
        duration = Duration.FromSeconds(seconds * count);
        return seconds > 0 && duration <= Duration.FromDays(3_660);
    }
}
