using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>A searched column as text: as it is written, and with the escapes of JSON resolved.</summary>
internal static class EventText
{
    // Here and not in SQL: SQLite's LIKE knows no case beyond ASCII.
    public static bool Holds(ReadOnlySpan<byte> bytes, string text)
    {
        var letters = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var read = Decode(bytes, letters);
            return read.Contains(text, StringComparison.OrdinalIgnoreCase)
                || (HasEscapes(read) && Unescape(read).Contains(text, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    /// <summary>Adds every piece that <see cref="Holds"/> could find a part of.</summary>
    public static void AddTo(GramSet grams, ReadOnlySpan<byte> bytes)
    {
        var letters = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var read = Decode(bytes, letters);
            grams.Add(read);
            if (HasEscapes(read))
            {
                grams.Add(Unescape(read));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    private static Span<char> Decode(ReadOnlySpan<byte> bytes, char[] letters) => letters.AsSpan(0, Encoding.UTF8.GetChars(bytes, letters));

    // A sender may write é as \u00e9, + as \u002b and / as \/.
    private static bool HasEscapes(ReadOnlySpan<char> letters) => letters.Contains('\\');

    // In place: what is read is never shorter than what it stands for.
    private static Span<char> Unescape(Span<char> letters)
    {
        var (from, to) = (0, 0);
        while (from < letters.Length)
        {
            var letter = letters[from++];
            if (letter == '\\' && from < letters.Length)
            {
                letter = letters[from++];
                if (letter == 'u' && from + 4 <= letters.Length && ushort.TryParse(letters.Slice(from, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    (letter, from) = ((char)code, from + 4);
                }
            }

            letters[to++] = letter;
        }

        return letters[..to];
    }
}
