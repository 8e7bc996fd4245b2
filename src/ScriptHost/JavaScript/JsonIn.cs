using System.Globalization;
using System.Text;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Runtime.Descriptors;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// A number that JavaScript would round or overflow: a whole number beyond 2^53, or one beyond 1.8e308. The script sees its digits as text,
/// so that an id stays an id; returned untouched it goes out as the number it was.
/// </summary>
internal sealed class LongNumber(string digits) : JsValue(digits)
{
    public string Digits { get; } = digits;
}

/// <summary>Turns the JSON of names into variables. Fractions are rounded as JavaScript rounds them.</summary>
internal static class JsonIn
{
    private const int MaxDepth = 512;
    private const double MaxExact = 9007199254740991;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxDepth };

    /// <summary>Null, or a sentence that says why the names cannot be read.</summary>
    public static string? Define(Engine engine, ReadOnlyMemory<byte> names)
    {
        if (names.IsEmpty)
            return null;
        try
        {
            var reader = new Utf8JsonReader(names.Span, Reading);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "The names for the script are not a JSON object.";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Text(ref reader);
                reader.Read();
                // hub is ours; a recipe cannot take its name.
                var value = Value(engine, ref reader);
                if (name != "hub")
                    engine.Global.FastSetProperty(name, new PropertyDescriptor(value, true, true, true));
            }

            return null;
        }
        catch (JsonException)
        {
            return $"The values for the script cannot be read as JSON of at most {MaxDepth} levels.";
        }
    }

    private static JsValue Value(Engine engine, ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Map(engine, ref reader),
        JsonTokenType.StartArray => List(engine, ref reader),
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Number => Number(ref reader),
        JsonTokenType.True => JsValue.True,
        JsonTokenType.False => JsValue.False,
        _ => JsValue.Null,
    };

    private static JsValue Map(Engine engine, ref Utf8JsonReader reader)
    {
        var map = engine.Object.Construct([]);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            // Own properties whatever their name: "__proto__" is data here. The last of two equal names counts, as in JSON.parse.
            map.FastSetProperty(name, new PropertyDescriptor(Value(engine, ref reader), true, true, true));
        }

        return map;
    }

    private static JsValue List(Engine engine, ref Utf8JsonReader reader)
    {
        var list = engine.Array.Construct([]);
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.FastAddProperty((count++).ToString(CultureInfo.InvariantCulture), Value(engine, ref reader), true, true, true);
        list.Put("length", count, true);
        return list;
    }

    private static JsValue Number(ref Utf8JsonReader reader)
    {
        var number = reader.GetDouble();
        if (Math.Abs(number) <= MaxExact)
            return number;
        return Number(Encoding.ASCII.GetString(reader.ValueSpan));
    }

    /// <summary>The number of these digits, or its digits where JavaScript has no number for it.</summary>
    public static JsValue Number(string digits)
    {
        var number = double.Parse(digits, CultureInfo.InvariantCulture);
        if (Math.Abs(number) <= MaxExact)
            return number;
        // 1e20 is written as a size, not as an id: a double says the same.
        var isWhole = digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        return isWhole || double.IsInfinity(number) ? new LongNumber(digits) : number;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: legal JSON, legal JavaScript text, but not for .NET's reader.
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            text.Append(raw[++i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var plain => plain,
            });
            if (raw[i] == 'u')
                i += 4;
        }

        return text.ToString();
    }
}
