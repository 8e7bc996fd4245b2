using System.Diagnostics.CodeAnalysis;

namespace ConnectorHub.Values;

/// <summary>Values written out in an expression: 'text' (a quote inside is doubled: 'it''s'), numbers, true, false, null.</summary>
public static class LiteralText
{
    /// <summary>Reads a literal that begins at <paramref name="at"/>; <paramref name="end"/> is the place behind it.</summary>
    public static bool TryRead(string text, int at, [NotNullWhen(true)] out Value? value, out int end)
    {
        value = null;
        end = at;
        if (at >= text.Length)
        {
            return false;
        }

        if (text[at] == '\'')
        {
            return TryQuoted(text, at, out value, out end);
        }

        return char.IsAsciiDigit(text[at]) || text[at] == '-' ? TryNumber(text, at, out value, out end) : TryWord(text, at, out value, out end);
    }

    private static bool TryQuoted(string text, int at, [NotNullWhen(true)] out Value? value, out int end)
    {
        value = null;
        for (end = at + 1; end < text.Length; end++)
        {
            if (text[end] != '\'')
            {
                continue;
            }

            if (end + 1 < text.Length && text[end + 1] == '\'')
            {
                end++;
                continue;
            }

            value = Value.Text(text[(at + 1)..end].Replace("''", "'", StringComparison.Ordinal));
            end++;
            return true;
        }

        return false;
    }

    private static bool TryNumber(string text, int at, [NotNullWhen(true)] out Value? value, out int end)
    {
        end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '.' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        value = NumberText.IsNumber(text.AsSpan(at, end - at)) ? Value.Number(text[at..end]) : null;
        return value is not null;
    }

    private static bool TryWord(string text, int at, [NotNullWhen(true)] out Value? value, out int end)
    {
        end = at;
        while (end < text.Length && Names.Continues(text[end]))
        {
            end++;
        }

        value = text.AsSpan(at, end - at) switch
        {
            "true" => Value.True,
            "false" => Value.False,
            "null" => Value.Null,
            _ => null,
        };
        return value is not null;
    }
}
