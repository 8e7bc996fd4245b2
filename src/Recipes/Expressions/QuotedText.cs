using System.Text;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Quoted texts of conditions: "…" with a quote inside doubled or behind a backslash, or '…' as in placeholders.</summary>
internal static class QuotedText
{
    /// <summary>The text where the whole of <paramref name="source"/> is one quoted text, else null.</summary>
    public static Value? Read(string source)
    {
        if (source.StartsWith('\''))
        {
            return LiteralText.TryRead(source, 0, out var single, out var end) && end == source.Length ? single : null;
        }

        if (source.Length < 2 || source[0] != '"')
        {
            return null;
        }

        var text = new StringBuilder();
        for (var at = 1; at < source.Length; at++)
        {
            if (IsEscapedQuote(source, at))
            {
                text.Append('"');
                at++;
            }
            else if (source[at] == '"')
            {
                return at == source.Length - 1 ? Value.Text(text.ToString()) : null;
            }
            else
            {
                text.Append(source[at]);
            }
        }

        return null;
    }

    /// <summary>The place behind the quoted text that begins at <paramref name="at"/>; the end where it is not closed.</summary>
    public static int End(string source, int at, int limit)
    {
        var quote = source[at];
        for (at++; at < limit; at++)
        {
            if (quote == '"' ? IsEscapedQuote(source, at) : at + 1 < limit && source[at] == quote && source[at + 1] == quote)
            {
                at++;
            }
            else if (source[at] == quote)
            {
                return at + 1;
            }
        }

        return limit;
    }

    private static bool IsEscapedQuote(string source, int at) =>
        at + 1 < source.Length && source[at + 1] == '"' && (source[at] == '\\' || source[at] == '"');
}
