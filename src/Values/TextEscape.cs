using System.Buffers;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Values;

/// <summary>Makes a text harmless in the field it is placed in.</summary>
public static class TextEscape
{
    private static readonly SearchValues<char> MrkdwnSpecial = SearchValues.Create("&<>");
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("&<>\"'");

    /// <summary>The text as it may stand in a field of that kind.</summary>
    public static string Escape(TextKind kind, string text) => kind switch
    {
        TextKind.Mrkdwn => Replace(text, MrkdwnSpecial),
        TextKind.Html => Replace(text, HtmlSpecial),
        TextKind.UrlPart => Uri.EscapeDataString(text),
        TextKind.Header => WithoutControls(text),
        _ => text,
    };

    /// <summary>
    /// The value as it may stand in a field of that kind: texts, names of members included, at any depth.
    /// What is not text but whose written form would need escaping (a moment in an address) becomes text.
    /// </summary>
    public static Value Escape(TextKind kind, Value value)
    {
        if (kind == TextKind.Plain || value.IsMissingOrNull || value.Kind == ValueKind.Boolean)
        {
            return value;
        }

        return value.Kind switch
        {
            ValueKind.List => Value.List([.. value.Items.Select(item => Escape(kind, item))]),
            ValueKind.Map => Value.Map(value.Members.Select(member => KeyValuePair.Create(Escape(kind, member.Key), Escape(kind, member.Value)))),
            _ => Scalar(kind, value),
        };
    }

    private static Value Scalar(TextKind kind, Value value)
    {
        var text = value.ToText();
        var escaped = Escape(kind, text);
        return string.Equals(text, escaped, StringComparison.Ordinal) ? value : Value.Text(escaped);
    }

    // One pass over the text, so an ampersand is never escaped twice.
    private static string Replace(string text, SearchValues<char> special)
    {
        if (!text.AsSpan().ContainsAny(special))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = special.Contains(letter) ? escaped.Append(Entity(letter)) : escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static string Entity(char letter) => letter switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        _ => "&#39;",
    };

    private static string WithoutControls(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
            {
                return string.Concat(text.Where(each => !char.IsControl(each)));
            }
        }

        return text;
    }
}
