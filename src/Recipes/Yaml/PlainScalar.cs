namespace ConnectorHub.Recipes.Yaml;

internal enum PlainKind
{
    Text,
    Null,
    Boolean,
    Number,
}

/// <summary>
/// What a plain scalar is by YAML 1.2's core schema, narrowed to what JSON has: <c>NO</c>, <c>on</c>, <c>12:30:00</c> are text there
/// already; <c>01234</c>, <c>0x1F</c> and <c>+5</c> are text here too, because a post code or a phone number must keep its digits.
/// </summary>
internal static class PlainScalar
{
    public static PlainKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => PlainKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => PlainKind.Boolean,
        _ => IsNumber(text) ? PlainKind.Number : PlainKind.Text,
    };

    /// <summary>What <c>yes</c>, <c>NO</c>, <c>on</c> and their like were in YAML 1.1 and are texts now; null for every other word.</summary>
    public static string? OldTruth(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "on" or "y" => "true",
        "no" or "off" or "n" => "false",
        _ => null,
    };

    /// <summary>How a plain word that looks like a number is written as one; null where that cannot be told.</summary>
    public static string? AsNumber(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).TrimStart('+');
        var trimmed = digits.TrimStart('0') is { Length: > 0 } rest && char.IsAsciiDigit(rest[0]) ? rest : digits.StartsWith('.') ? "0" + digits : digits;
        return trimmed != text && IsNumber(trimmed) ? trimmed : null;
    }

    public static bool IsTrue(string text) => text is "true" or "True" or "TRUE";

    /// <summary>A number as JSON writes it, and so with digits that survive unchanged.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('-'))
        {
            text = text[1..];
        }

        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (text.StartsWith('.'))
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(fraction + 1)..];
        }

        return text.IsEmpty || IsExponent(text);
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        text = text[1..];
        if (text.StartsWith('+') || text.StartsWith('-'))
        {
            text = text[1..];
        }

        // More digits than four name no number a platform could mean; they only cost memory when written out.
        return text.Length is > 0 and <= 4 && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
