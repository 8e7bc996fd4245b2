using System.Numerics;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>
/// All pieces of three, four and five letters of some texts, as bits. Pieces of five tell an address from others like it; the shorter ones are
/// for texts that are short themselves.
/// </summary>
internal sealed class GramSet
{
    /// <summary>A piece is a number of so many bits.</summary>
    public const int PlaceBits = 23;

    private const int Short = 3;
    private const int Middle = 4;
    private const int Long = 5;
    private const int MostAsked = 32;

    private readonly ulong[] _words = new ulong[(1 << PlaceBits) / 64];

    public void Clear() => Array.Clear(_words);

    public void Add(ReadOnlySpan<char> text)
    {
        var (numbers, words) = (Letters.Numbers, _words);
        var letters = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            letters = (letters << Letters.Bits) | numbers[text[i]];
            if (i >= Short - 1)
            {
                Set(words, ShortPlace(letters));
            }

            if (i >= Middle - 1)
            {
                Set(words, MiddlePlace(letters));
            }

            if (i >= Long - 1)
            {
                Set(words, LongPlace(letters));
            }
        }
    }

    /// <summary>How many bits are set.</summary>
    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The places of all set bits, in order.</summary>
    public IEnumerable<int> Places()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
            {
                yield return (i * 64) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    /// <summary>Places that are all set where a text is held; none where it is too short to tell.</summary>
    public static IReadOnlyList<int> PlacesOf(string text)
    {
        var places = new HashSet<int>();
        var letters = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            letters = (letters << Letters.Bits) | Letters.Numbers[text[i]];
            if (i >= Long - 1)
            {
                places.Add(LongPlace(letters));
            }

            // Long texts are told by their long pieces alone.
            if (i >= Middle - 1 && text.Length < 2 * Long)
            {
                places.Add(MiddlePlace(letters));
            }

            if (i >= Short - 1 && text.Length < 2 * Middle)
            {
                places.Add(ShortPlace(letters));
            }
        }

        // From all parts of a text that is very long: more would cost more than to read the events.
        var step = 1 + (places.Count / MostAsked);
        return [.. places.Where((_, i) => i % step == 0)];
    }

    private static int ShortPlace(ulong letters) => Place((letters & ((1UL << (Short * Letters.Bits)) - 1)) * 0x9E3779B97F4A7C15);

    private static int MiddlePlace(ulong letters) => Place((letters & ((1UL << (Middle * Letters.Bits)) - 1)) * 0xC2B2AE3D27D4EB4F);

    private static int LongPlace(ulong letters) => Place((letters & ((1UL << (Long * Letters.Bits)) - 1)) * 0xD6E8FEB86659FD93);

    // The upper bits of a product depend on all of its number's.
    private static int Place(ulong product) => (int)(product >> (64 - PlaceBits));

    private static void Set(ulong[] words, int place) => words[place >> 6] |= 1UL << place;
}
