using System.Globalization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>
/// What platforms say of their own limits with every answer: once nothing is left, asking on would only be refused. Whatever is not written as their
/// documents show it says nothing.
/// </summary>
internal static class Allowance
{
    // A day's allowance comes back at a moment the answer does not name: it is looked for again every hour.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    // Fifteen digits hold every moment in milliseconds for the next thirty thousand years.
    private const int MostDigits = 15;

    // A number of seconds this large is a date: 2001 and later, in seconds or in milliseconds.
    private const decimal OldestDate = 1_000_000_000;
    private const decimal OldestDateInMilliseconds = 1_000_000_000_000;

    /// <summary>How long nothing is left; null where the answer does not say so. A huge wait is kept: the hub caps it.</summary>
    /// <param name="now">What a date is counted from.</param>
    public static TimeSpan? Spent(SendReply.Answered answer, DateTimeOffset now) =>
        IsZero(answer, "X-HubSpot-RateLimit-Daily-Remaining") || SalesforceSpent(answer) ? LookAgain
        : IsZero(answer, "X-HubSpot-RateLimit-Remaining") ? Milliseconds(answer, "X-HubSpot-RateLimit-Interval-Milliseconds")
        : IsZero(answer, "RateLimit-Remaining") ? Until(answer, "RateLimit-Reset", now)
        : IsZero(answer, "X-RateLimit-Remaining") ? Until(answer, "X-RateLimit-Reset", now)
        : null;

    /// <summary>How many calls are left, as the answer says; null where it does not.</summary>
    public static long? Left(SendReply.Answered answer) =>
        (Number(answer.Header("X-HubSpot-RateLimit-Remaining")) ?? Number(answer.Header("RateLimit-Remaining")) ?? Number(answer.Header("X-RateLimit-Remaining"))) is { } left and >= 0
            ? (long)left
            : SalesforceUsage(answer) is var (used, most) ? (long)Math.Max(0, most - used) : null;

    private static bool IsZero(SendReply.Answered answer, string name) => Number(answer.Header(name)) == 0;

    private static TimeSpan? Milliseconds(SendReply.Answered answer, string name) =>
        Number(answer.Header(name)) is { } wait and > 0 ? Wait(wait / 1000) : null;

    private static TimeSpan? Until(SendReply.Answered answer, string name, DateTimeOffset now)
    {
        if (Number(answer.Header(name)) is not { } reset)
        {
            return null;
        }

        var clock = now.ToUnixTimeMilliseconds() / 1000m;
        var seconds = reset >= OldestDateInMilliseconds ? (reset / 1000) - clock : reset >= OldestDate ? reset - clock : reset;
        return seconds > 0 ? Wait(seconds) : null;
    }

    // api-usage=15000/15000, alone or the first of several.
    private static (decimal Used, decimal Most)? SalesforceUsage(SendReply.Answered answer)
    {
        const string Usage = "api-usage=";
        var text = answer.Header("Sforce-Limit-Info")?.Split([',', ';']).Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith(Usage, StringComparison.OrdinalIgnoreCase));
        return text?[Usage.Length..].Split('/') is [var used, var most] && Number(used) is { } n && Number(most) is { } m and > 0 ? (n, m) : null;
    }

    private static bool SalesforceSpent(SendReply.Answered answer) => SalesforceUsage(answer) is var (used, most) && used >= most;

    private static TimeSpan Wait(decimal seconds) =>
        seconds >= (decimal)RetrySchedule.LongestRetryAfter.TotalSeconds ? RetrySchedule.LongestRetryAfter : TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));

    private static decimal? Number(string? text)
    {
        var trimmed = text?.Trim();
        return trimmed is { Length: > 0 and <= MostDigits + 4 }
            && trimmed.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 ? trimmed.Length : point) <= MostDigits
            && decimal.TryParse(trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
