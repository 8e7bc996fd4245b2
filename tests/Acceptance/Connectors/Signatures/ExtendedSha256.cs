using System.Buffers.Binary;
using System.Numerics;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>
/// SHA-256 taken up where somebody else's hash ended. A plain hash is the state after the last block, so whoever has the hash of a message and
/// knows its length can hash the message, its padding and more, without knowing the message.
/// </summary>
internal static class ExtendedSha256
{
    private const int BlockLength = 64;

    private static readonly uint[] Constants = [.. Primes().Take(64).Select(prime => Fraction(Math.Cbrt(prime)))];

    /// <summary>What SHA-256 itself puts behind a message of this length.</summary>
    public static byte[] Padding(int length)
    {
        var padding = new byte[((BlockLength * 2) - 9 - (length % BlockLength)) % BlockLength + 9];
        padding[0] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padding.AsSpan(padding.Length - 8), (ulong)length * 8);
        return padding;
    }

    /// <summary>The hash of message, padding and <paramref name="more"/>, from the hash of the message.</summary>
    /// <param name="length">The message's length in bytes.</param>
    public static byte[] Extend(byte[] hash, int length, byte[] more)
    {
        var state = new uint[8];
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(i * 4));
        }

        var hashed = length + Padding(length).Length;
        byte[] rest = [.. more, .. Padding(hashed + more.Length)];
        for (var at = 0; at < rest.Length; at += BlockLength)
        {
            Compress(state, rest.AsSpan(at, BlockLength));
        }

        var extended = new byte[32];
        for (var i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(extended.AsSpan(i * 4), state[i]);
        }

        return extended;
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        var words = new uint[64];
        for (var i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        }

        for (var i = 16; i < 64; i++)
        {
            var (early, late) = (words[i - 15], words[i - 2]);
            words[i] = words[i - 16] + words[i - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var first = h + Constants[i] + words[i] + ((e & f) ^ (~e & g))
                + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
            var second = ((a & b) ^ (a & c) ^ (b & c))
                + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        foreach (var (i, value) in ((uint[])[a, b, c, d, e, f, g, h]).Index())
        {
            state[i] += value;
        }
    }

    // The first 32 bits behind the point: a double holds 53, and 6 of them are before it at most.
    private static uint Fraction(double number) => (uint)((number - Math.Floor(number)) * 4294967296.0);

    private static IEnumerable<int> Primes() => Enumerable.Range(2, 400).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0));
}
