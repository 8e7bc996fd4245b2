using System.Globalization;

namespace ConnectorHub.Recipes.Reading;

/// <summary><c>30s 2m 1h 30d</c>: a whole number and a unit.</summary>
internal static class Durations
{
    public const string Allowed = "a whole number with s, m, h or d, such as 30s, 2m, 6h, 30d";

    // Longer than anything is kept.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>What is wrong with a text that is no duration.</summary>
    public static string Problem(string text) => text switch
    {
        [.. var digits, 's' or 'm' or 'h' or 'd'] when digits.Length > 0 && digits.All(char.IsAsciiDigit) => digits.Trim('0').Length == 0
            ? $"'{text}' is no time at all. Leave it out, or write {Allowed}."
            : $"'{text}' is longer than anything is kept. Allowed: at most {Words(Longest)}.",
        _ => Meant(text) is { } meant ? $"Did you mean {meant}? Write {Allowed}." : $"Write {Allowed}.",
    };

    private static string? Meant(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000)
        {
            return null;
        }

        TimeSpan? unit = text[digits..].Trim().ToLowerInvariant() switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(1),
            "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.FromHours(1),
            "d" or "day" or "days" => TimeSpan.FromDays(1),
            "w" or "week" or "weeks" => TimeSpan.FromDays(7),
            _ => null,
        };
        return unit * (double)number is { } meant && meant >= TimeSpan.FromSeconds(1) && meant <= Longest ? Words(meant) : null;
    }

    /// <summary>A duration as recipes write it; one that is no whole number of days or hours is a number of the next smaller unit.</summary>
    public static string Words(TimeSpan duration) => duration switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => $"{duration.TotalDays}d",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{duration.TotalHours}h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => $"{duration.TotalMinutes}m",
        _ => $"{Math.Round(duration.TotalSeconds)}s",
    };

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
