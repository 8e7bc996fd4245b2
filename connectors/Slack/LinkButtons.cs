using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Slack;

/// <summary>The buttons of a message: each opens an address.</summary>
internal static class LinkButtons
{
    private const int LongestLabel = 75;
    private const int LongestUrl = 3_000;
    private const int MostButtons = 25;

    /// <summary>What is wrong with them, or null. A button whose address is missing is left out: an event may come without its link.</summary>
    public static string? Read(
        IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? several, out IReadOnlyList<(string Text, string Url)> links)
    {
        var read = new List<(string, string)>();
        links = read;
        if (one?.Keys.FirstOrDefault(key => key is not ("text" or "url")) is { } odd)
        {
            return $"'button' has '{Shown.Value(odd)}'. It has: text, url. Write several buttons as buttons: {{ label: url }}.";
        }

        if (one is not null && string.IsNullOrWhiteSpace(one.GetValueOrDefault("text")))
        {
            return "'button' has no 'text'; it is what people read on the button.";
        }

        IEnumerable<(string Text, string Url)> given = (several ?? new Dictionary<string, string>()).Select(button => (button.Key, button.Value));
        var wanted = one is null ? given : given.Prepend((Text: one["text"], Url: one.GetValueOrDefault("url") ?? string.Empty));
        foreach (var (text, url) in wanted.Where(button => !string.IsNullOrWhiteSpace(button.Url)))
        {
            if (Address(url) is not { } address)
            {
                return $"The button '{Shown.Value(text)}' has the address '{Shown.Value(url)}'; it must begin with https:// and have at most {LongestUrl} characters.";
            }

            read.Add((SlackText.Cut(SlackText.OneLine(text), LongestLabel), address));
        }

        return read.Count > MostButtons ? $"The message has {read.Count} buttons; Slack takes {MostButtons}." : null;
    }

    private static string? Address(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.AbsoluteUri.Length <= LongestUrl
            ? address.AbsoluteUri
            : null;

}
