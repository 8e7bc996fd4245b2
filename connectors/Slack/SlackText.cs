using System.Text;

namespace ConnectorHub.Connectors.Slack;

/// <summary>Slack's markup, cut and split so that no link, no entity and no letter is torn apart.</summary>
internal static class SlackText
{
    // The longest entity Slack knows: &amp;
    private const int EntityLength = 5;

    /// <summary>The text, shortened with an ellipsis where it is longer than <paramref name="most"/> characters.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..Boundary(text, most - 1)].TrimEnd() + "…";

    /// <summary>The text in pieces of at most <paramref name="most"/> characters: parted at the end of a line, else between words.</summary>
    public static IEnumerable<string> Split(string text, int most)
    {
        var rest = text;
        while (rest.Length > most)
        {
            var end = Boundary(rest, most);
            var line = rest.LastIndexOf('\n', end - 1);
            var word = line > 0 ? line : rest.LastIndexOf(' ', end - 1);
            var at = word > 0 ? Boundary(rest, word) : end;
            if (!string.IsNullOrWhiteSpace(rest[..at]))
            {
                yield return rest[..at].TrimEnd();
            }

            rest = rest[at..].TrimStart('\n', ' ');
        }

        if (!string.IsNullOrWhiteSpace(rest))
        {
            yield return rest;
        }
    }

    /// <summary>
    /// A text of a plain_text object as it is written in markup. It is the same text in another place: what the hub leaves as it is for the one
    /// must not become a mention in the other.
    /// </summary>
    public static string FromPlain(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    /// <summary>The text on one line.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Boundary(string text, int most)
    {
        var end = char.IsHighSurrogate(text[most - 1]) && most > 1 ? most - 1 : most;
        var link = text.LastIndexOf('<', end - 1);
        if (link > 0 && text.IndexOf('>', link) >= end)
        {
            end = link;
        }

        var entity = text.LastIndexOf('&', end - 1);
        return entity > 0 && text.IndexOf(';', entity, Math.Min(EntityLength, text.Length - entity)) >= end ? entity : end;
    }
}
