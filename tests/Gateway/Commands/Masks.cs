using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>Replaces what differs from run to run, so that the rest can be held to the letter. The same id gets the same number.</summary>
internal sealed partial class Masks(IReadOnlyList<(string Text, string Mask)> known)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        foreach (var (found, mask) in known.OrderByDescending(one => one.Text.Length))
        {
            text = text.Replace(found, mask, StringComparison.Ordinal);
        }

        text = Kept().Replace(text, "before-restore-<moment>");
        text = Bytes().Replace(text, "\"bytes\": <bytes>");
        text = Id().Replace(text, match => Number(match.Groups[1].Value, match.Value));
        text = Hash64().Replace(text, "<hash>");
        text = Version().Replace(text, "@<hash>");
        text = Iso().Replace(text, "<moment>");
        text = Moment().Replace(text, "<time>");
        text = Day().Replace(text, "<day>");
        text = Epoch().Replace(text, "<seconds>");
        text = Age().Replace(text, "<span>");
        return Port().Replace(text, "127.0.0.1:<port>");
    }

    private string Number(string kind, string id)
    {
        if (!_ids.TryGetValue(id, out var number))
        {
            number = $"{kind}_{_ids.Keys.Count(other => other.StartsWith(kind, StringComparison.Ordinal)) + 1}";
            _ids[id] = number;
        }

        return number;
    }

    [GeneratedRegex(@"\b(evt|run|act|msg|plan|pln)_[0-9A-HJKMNP-TV-Z]{26}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"before-restore-\d{14}(-\d+)?")]
    private static partial Regex Kept();

    [GeneratedRegex(@"""bytes"": \d+")]
    private static partial Regex Bytes();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Hash64();

    [GeneratedRegex(@"@[0-9a-f]{6}\b")]
    private static partial Regex Version();

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Iso();

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\d \d\d:\d\dZ|\b(20\d\d-\d\d-\d\d |\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( 20\d\d)? )?\d\d:\d\d:\d\dZ?\b")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d\b")]
    private static partial Regex Day();

    [GeneratedRegex(@"\b1[789]\d{8}\b")]
    private static partial Regex Epoch();

    [GeneratedRegex(@"\b\d+(\.\d+)? (ms|s|min|KB)\b(?! apart)")]
    private static partial Regex Age();

    [GeneratedRegex(@"\b127\.0\.0\.1:\d+\b")]
    private static partial Regex Port();
}
