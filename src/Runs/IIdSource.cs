using System.Buffers;
using System.Security.Cryptography;

namespace ConnectorHub.Runs;

/// <summary>Where ids come from.</summary>
public interface IIdSource
{
    /// <summary>A new id, such as <c>evt_01J9…</c>: later ids sort after earlier ones, and nobody can guess the next.</summary>
    string Next(string prefix);
}

/// <summary>Ids of 48 bits of time and 80 random bits in Crockford's base 32 (the ULID layout), increasing within a millisecond.</summary>
public sealed class IdSource(TimeProvider time) : IIdSource
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    private readonly Lock _gate = new();
    private readonly byte[] _random = new byte[10];
    private long _lastMilliseconds;

    /// <inheritdoc/>
    public string Next(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
        {
            var now = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastMilliseconds);
            if (now == _lastMilliseconds)
            {
                Increase(_random);
            }
            else
            {
                _lastMilliseconds = now;
                RandomNumberGenerator.Fill(_random);
                _random[0] &= 0x7F;
            }

            for (var i = 0; i < 6; i++)
            {
                bytes[i] = (byte)(now >> (8 * (5 - i)));
            }

            _random.CopyTo(bytes[6..]);
        }

        return string.Concat(prefix, Encode(bytes));
    }

    // A step of up to 255 keeps the next id unguessable enough for a name and the order intact.
    private static void Increase(byte[] random)
    {
        var carry = 1 + RandomNumberGenerator.GetInt32(255);
        for (var i = random.Length - 1; i >= 0 && carry > 0; i--)
        {
            carry += random[i];
            random[i] = (byte)carry;
            carry >>= 8;
        }
    }

    /// <summary>When an id of this kind was made; null for what is no such id.</summary>
    public static DateTimeOffset? TimeOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        const int Length = 26;
        const int TimeLetters = 10;
        var start = id.IndexOf('_', StringComparison.Ordinal) + 1;
        if (start == 0 || id.Length - start != Length || id.AsSpan(start).ContainsAnyExcept(Letters))
        {
            return null;
        }

        var milliseconds = 0L;
        foreach (var letter in id.AsSpan(start, TimeLetters))
        {
            milliseconds = (milliseconds << 5) | (long)Alphabet.IndexOf(letter, StringComparison.Ordinal);
        }

        return milliseconds < 1L << 48 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[26];
        var value = new UInt128(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        for (var i = 25; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return text.ToString();
    }
}
