using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ConnectorHub.Values;

/// <summary>
/// JSON in. Half surrogate pairs and broken UTF-8 are valid enough for a parser and throw only when a text is read:
/// they become U+FFFD here, once, so that nothing behind this point has to expect it.
/// </summary>
internal static class JsonReading
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    private static ReadOnlySpan<byte> Replacement => "\\uFFFD"u8;

    public static Value Parse(ReadOnlyMemory<byte> utf8Json)
    {
        var clean = IsClean(utf8Json.Span) ? utf8Json.Span : Mend(utf8Json.Span);
        return WrapClean(JsonElement.Parse(clean, Options));
    }

    public static bool TryParse(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out Value? value)
    {
        try
        {
            value = Parse(utf8Json);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    public static Value Wrap(JsonElement element)
    {
        if (element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.String))
        {
            return WrapClean(element);
        }

        var raw = JsonMarshal.GetRawUtf8Value(element);
        return IsClean(raw) ? WrapClean(element) : WrapClean(JsonElement.Parse(Mend(raw), new JsonDocumentOptions { MaxDepth = 4096 }));
    }

    public static Value WrapClean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => new JsonCompound(element),
        JsonValueKind.String => Value.Text(element.GetString()!),
        JsonValueKind.Number => new NumberValue(element.GetRawText()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Null => Value.Null,
        _ => Value.Missing,
    };

    /// <summary>The text with half surrogate pairs replaced: a JSON writer refuses them.</summary>
    public static string Whole(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }

    private static bool IsClean(ReadOnlySpan<byte> json) =>
        json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0 && Utf8.IsValid(json);

    private static byte[] Mend(ReadOnlySpan<byte> json)
    {
        var bytes = Utf8.IsValid(json) ? json.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        var at = 0;
        while (at < bytes.Length - 1)
        {
            if (bytes[at] != '\\')
            {
                at++;
            }
            else if (!IsSurrogate(bytes, at, '8', 'b'))
            {
                MendLone(bytes, at);
                at += 2;
            }
            else if (IsSurrogate(bytes, at + 6, 'c', 'f'))
            {
                at += 12;
            }
            else
            {
                Replacement.CopyTo(bytes.AsSpan(at));
                at += 6;
            }
        }

        return bytes;
    }

    private static void MendLone(byte[] bytes, int at)
    {
        if (IsSurrogate(bytes, at, 'c', 'f'))
        {
            Replacement.CopyTo(bytes.AsSpan(at));
        }
    }

    // \uD8xx to \uDBxx opens a pair, \uDCxx to \uDFxx closes it.
    private static bool IsSurrogate(byte[] bytes, int at, char from, char to)
    {
        if (at + 6 > bytes.Length || bytes[at] != '\\' || bytes[at + 1] != 'u' || (bytes[at + 2] | 0x20) != 'd')
        {
            return false;
        }

        var kind = bytes[at + 3] >= 'A' ? bytes[at + 3] | 0x20 : bytes[at + 3];
        return kind >= from && kind <= to;
    }
}
