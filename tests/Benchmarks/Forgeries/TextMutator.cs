using System.Buffers;
using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>Changes a text as chance and malice would.</summary>
internal sealed class TextMutator(Random random)
{
    private const string Odd = " ,;=.:+-/_\"'{}[]()\t\0\u007f09aAzZ\u00e9\u0660\u00a0\u200b\uff10\ud83d\ufffd";
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Hex = "0123456789abcdef";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create(Hex);

    private static readonly string[] Joints = [",", ", ", " ", ";", "\n", "", "=", "\0"];

    /// <summary>A changed text; once in a while it is the same.</summary>
    /// <param name="other">A text of the same kind from another delivery.</param>
    public string Change(string text, string other) => random.Next(18) switch
    {
        0 or 1 => FlipBit(text),
        2 => Spliced(text, 1, Odd[random.Next(Odd.Length)].ToString()),
        3 => Spliced(text, 0, Odd[random.Next(Odd.Length)].ToString()),
        4 => Spliced(text, random.Next(1, 4), string.Empty),
        5 => text[..random.Next(text.Length + 1)],
        6 => text[random.Next(text.Length + 1)..],
        7 => text + Pick(Joints) + text,
        8 => random.Next(2) == 0 ? text + Pick(Joints) + other : other + Pick(Joints) + text,
        9 => text[..random.Next(text.Length + 1)] + other[random.Next(other.Length + 1)..],
        10 => Crossed(text, other),
        11 => Huge(text),
        12 or 13 => WithNumber(text),
        14 => Garbage(),
        15 => random.Next(2) == 0 ? text.ToUpperInvariant() : new string([.. text.Reverse()]),
        16 => string.Empty,
        _ => WithOtherEnd(text),
    };

    private string FlipBit(string text)
    {
        if (text.Length == 0)
        {
            return "\u0001";
        }

        var at = random.Next(text.Length);
        return text[..at] + (char)(text[at] ^ (1 << random.Next(random.Next(8) == 0 ? 16 : 7))) + text[(at + 1)..];
    }

    private string Spliced(string text, int removed, string added)
    {
        var at = random.Next(text.Length + 1);
        return text[..at] + added + text[Math.Min(text.Length, at + removed)..];
    }

    private string Crossed(string text, string other)
    {
        var at = random.Next(Math.Min(text.Length, other.Length) + 1);
        return text[..at] + other[at..];
    }

    // Up to what a header can hold; most of the time smaller, for the sake of the number of tries.
    private string Huge(string text) => random.Next(10) == 0
        ? new string(Pick(Joints).Length > 0 ? '9' : 'v', random.Next(32 * 1024))
        : string.Join(Pick(Joints), Enumerable.Repeat(text, random.Next(2, 40)));

    /// <summary>Another number in the place of the first: another time, or none at all.</summary>
    private string WithNumber(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return Garbage();
        }

        var length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        var now = ProvenSource.Now.ToUnixTimeSeconds();
        var number = random.Next(8) switch
        {
            0 => (now + random.Next(-2000, 2000)).ToString(CultureInfo.InvariantCulture),
            1 => ((now * 1000) + random.Next(-400_000, 400_000)).ToString(CultureInfo.InvariantCulture),
            2 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            3 => "-" + now.ToString(CultureInfo.InvariantCulture),
            4 => "0" + now.ToString(CultureInfo.InvariantCulture),
            5 => now.ToString(CultureInfo.InvariantCulture) + ".0",
            6 => "99999999999999999999",
            _ => string.Concat(now.ToString(CultureInfo.InvariantCulture).Select(digit => (char)(digit + 0x630))),
        };
        return text[..start] + number + (length < 0 ? string.Empty : text[(start + length)..]);
    }

    private string Garbage() => new([.. Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(4) == 0 ? (char)random.Next(0x10000) : (char)random.Next(32, 127))]);

    /// <summary>A guess: the last letters made anew, in the same alphabet.</summary>
    private string WithOtherEnd(string text)
    {
        var end = text.TrimEnd('=').Length;
        var start = text.AsSpan(0, end).LastIndexOfAny(",= ") + 1;
        var letters = text.AsSpan(start, end - start).ContainsAnyExcept(HexDigits) ? Base64 : Hex;
        return text[..start] + new string([.. Enumerable.Range(start, end - start).Select(_ => letters[random.Next(letters.Length)])]) + text[end..];
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
