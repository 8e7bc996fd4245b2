using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Settings;

/// <summary>A hook's <c>Dedupe</c> as people write it.</summary>
internal static class DedupeText
{
    public const string Allowed = "'header X-Delivery', 'body order.id' or 'content 10m' (at most 90d)";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static bool TryParse(string text, out DedupeRule? rule)
    {
        var words = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        rule = words switch
        {
            ["header", { Length: > 0 } name] when name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => new DedupeRule.Header(name),
            ["body", { Length: > 0 } path] when Values.Path.TryParse($"event.{path}", out var parsed, out _) => new DedupeRule.Body(parsed),
            ["content", var span] when Durations.TryParse(span, out var window) && window > TimeSpan.Zero && window <= Longest => new DedupeRule.Content(window),
            _ => null,
        };
        return rule is not null;
    }
}
