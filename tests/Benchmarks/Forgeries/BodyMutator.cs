using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>Changes a body, as bytes or as the JSON it is.</summary>
internal sealed class BodyMutator(Random random)
{
    private static readonly JsonSerializerOptions[] Styles =
    [
        new() { WriteIndented = true },
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
        new(),
        new() { WriteIndented = true, IndentCharacter = '\t', NewLine = "\r\n" },
    ];

    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-0", "-1", "1e400", "1E-400", "0.1e+1", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "1715095714000",
        "\"\"", "\"0\"", "\"\\ud83d\"", "\"\\udc00\\ud83d\"", "\"\\u0000\"", "\"9999-12-31T23:59:59.9999999+14:00\"", "\"0001-01-01T00:00:00\"", "\"../../x\"", "\"é\"", "\"\U0001F600\"",
        "[]", "{}", "[[]]", "[null]", "{\"\":\"\"}", "{\"id\":{}}", "[{\"id\":1},7]", "NaN", "Infinity", "'a'", "01", "+1", "1.", ".5", "tru", "\"open", "{", "}", "[", "]", "\\u0031",
    ];

    private static readonly string[] Space = [" ", "\n", "\t", "\r\n", "/**/", "//\n", "\u00a0", "\ufeff", "\0", ","];

    /// <summary>A changed body; once in a while it is the same.</summary>
    /// <param name="other">Another body of the same source.</param>
    public byte[] Change(byte[] body, byte[] other) => random.Next(16) switch
    {
        0 or 1 => FlipBits(body),
        2 => Spliced(body, 0, Bytes(random.Next(1, 8))),
        3 => Spliced(body, random.Next(1, 40), []),
        4 => Spliced(body, random.Next(1, 8), Bytes(random.Next(1, 8))),
        5 => body[..random.Next(body.Length + 1)],
        6 => [.. body[..random.Next(body.Length + 1)], .. other[random.Next(other.Length + 1)..]],
        7 => [.. body, .. random.Next(3) switch { 0 => body, 1 => other, _ => Bytes(random.Next(1, 64)) }],
        8 => Rewritten(body),
        9 => WithKeyTwice(body),
        10 => WithSpace(body),
        11 => WithValue(body, Deep()),
        12 => WithEscape(body),
        13 => WithValue(body, SomeValueOf(other)),
        _ => WithValue(body, Utf8(OddValues[random.Next(OddValues.Length)])),
    };

    private byte[] FlipBits(byte[] body)
    {
        var flipped = (byte[])body.Clone();
        for (var flips = random.Next(1, 5); flips > 0 && flipped.Length > 0; flips--)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private byte[] Spliced(byte[] body, int removed, byte[] added)
    {
        var at = random.Next(body.Length + 1);
        return [.. body[..at], .. added, .. body[Math.Min(body.Length, at + removed)..]];
    }

    private byte[] Rewritten(byte[] body)
    {
        var node = JsonNode.Parse(body);
        if (random.Next(2) == 0 && node is JsonObject members)
        {
            node = new JsonObject(members.OrderBy(_ => random.Next()).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        }

        return Utf8(node?.ToJsonString(Styles[random.Next(Styles.Length)]) ?? "null");
    }

    private byte[] WithKeyTwice(byte[] body)
    {
        var keys = Tokens(body).Where(token => token.Type == JsonTokenType.PropertyName).ToList();
        if (keys.Count == 0)
        {
            return [.. body, .. body];
        }

        var key = keys[random.Next(keys.Count)];
        return [.. body[..key.Start], .. body[key.Start..key.End], .. Utf8(":" + OddValues[random.Next(5)] + ","), .. body[key.Start..]];
    }

    private byte[] WithSpace(byte[] body)
    {
        var tokens = Tokens(body);
        var at = random.Next(2) == 0 ? tokens[random.Next(tokens.Count)].Start : tokens[random.Next(tokens.Count)].End;
        return [.. body[..at], .. Utf8(Space[random.Next(Space.Length)]), .. body[at..]];
    }

    private byte[] WithValue(byte[] body, byte[] value)
    {
        var values = Tokens(body).Where(IsValue).ToList();
        if (values.Count == 0)
        {
            return value;
        }

        var token = values[random.Next(values.Count)];
        return [.. body[..token.Start], .. value, .. body[token.End..]];
    }

    /// <summary>A letter of a text as its escape: the same JSON, other bytes.</summary>
    private byte[] WithEscape(byte[] body)
    {
        var texts = Tokens(body).Where(token => token.Type is JsonTokenType.String or JsonTokenType.PropertyName && token.End - token.Start > 2).ToList();
        if (texts.Count == 0)
        {
            return [.. body, (byte)' '];
        }

        var text = texts[random.Next(texts.Count)];
        var at = random.Next(text.Start + 1, text.End - 1);
        return [.. body[..at], .. Utf8(random.Next(4) == 0 ? "\\/" : $"\\u{body[at]:x4}"), .. body[(at + 1)..]];
    }

    // The door takes 1 MB; depth is what costs, so most are shorter.
    private byte[] Deep()
    {
        var levels = random.Next(20) == 0 ? random.Next(100_000) : random.Next(20, 200);
        var (open, close) = random.Next(3) switch { 0 => ("[", "]"), 1 => ("{\"a\":", "}"), _ => ("[[],", "]") };
        return Utf8(string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, random.Next(10) == 0 ? levels / 2 : levels)));
    }

    private byte[] SomeValueOf(byte[] body)
    {
        var values = Tokens(body).Where(IsValue).ToList();
        return values.Count == 0 ? Utf8("null") : body[values[random.Next(values.Count)].Start..values[^1].End];
    }

    private static bool IsValue(Token token) =>
        token.Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;

    /// <summary>Where the tokens of a genuine body are; text with its quotes.</summary>
    private static List<Token> Tokens(byte[] body)
    {
        var tokens = new List<Token>();
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            var end = reader.TokenType == JsonTokenType.PropertyName ? (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2 : (int)reader.BytesConsumed;
            tokens.Add(new Token(reader.TokenType, (int)reader.TokenStartIndex, end));
        }

        return tokens;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private readonly record struct Token(JsonTokenType Type, int Start, int End);
}
