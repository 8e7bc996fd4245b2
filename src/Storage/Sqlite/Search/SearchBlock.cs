namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>A range of events and how many slices its set of bits has; 0: it has none now.</summary>
/// <param name="FirstAt">When its oldest event was received; null where that cannot be read.</param>
internal sealed record SearchBlock(long Number, string FirstId, string LastId, long? FirstAt, int Events, int Slices);

/// <summary>The set of a range of events as it is to be stored. <paramref name="Number"/> is null for a range that has no block yet.</summary>
internal sealed record SearchDraft(long? Number, string FirstId, string LastId, long? FirstAt, int Events, IReadOnlyList<byte[]> Slices);

/// <summary>How the bits of a set lie in slices.</summary>
internal static class Slices
{
    /// <summary>Of one block.</summary>
    public const int Most = 256;

    // A row of this size fills a page of 4096 bytes and needs no second one.
    private const int Bytes = 4000;
    private const int Bits = Bytes * 8;

    // One in five pieces that are not there is found set all the same, all pieces of a text hardly ever: so few bits are enough.
    private const double BitsEach = 4;

    /// <summary>The slices of a set, as many as it needs.</summary>
    public static IReadOnlyList<byte[]> Of(GramSet grams)
    {
        var count = Math.Clamp((int)Math.Ceiling(grams.Count() * BitsEach / Bits), 1, Most);
        var slices = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            slices[i] = new byte[Bytes];
        }

        foreach (var place in grams.Places())
        {
            var (slice, bit) = Find(place, count);
            slices[slice][bit >> 3] |= (byte)(1 << (bit & 7));
        }

        return slices;
    }

    /// <summary>Where a place of a set lies when it is stored in so many slices.</summary>
    public static (int Slice, int Bit) Find(int place, int slices)
    {
        var at = (int)(((long)place * slices * Bits) >> GramSet.PlaceBits);
        return (at / Bits, at % Bits);
    }
}
