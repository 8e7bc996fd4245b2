namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>
/// Letters as numbers of 12 bits: letters that a search without case takes for the same have the same number. The numbers are stored within
/// bit sets, so they must not change with the version of Unicode a machine knows: letters outside ranges that are settled share one number.
/// </summary>
internal static class Letters
{
    public const int Bits = 12;

    private const ushort Other = 0x80;
    private const int FirstBeyondAscii = 0x81;

    // Latin-1 and Latin Extended-A, Greek, Cyrillic, Hebrew and Arabic, Indic scripts, kana and Han, Hangul.
    private static readonly (char First, char Last)[] Settled =
        [('\u00C0', '\u017F'), ('\u0386', '\u03CE'), ('\u0400', '\u052F'), ('\u05D0', '\u06FF'), ('\u0900', '\u0DFF'), ('\u3040', '\u9FFF'), ('\uAC00', '\uD7A3')];

    /// <summary>By letter.</summary>
    public static ushort[] Numbers { get; } = [.. Enumerable.Range(0, char.MaxValue + 1).Select(letter => Make((char)letter))];

    private static ushort Make(char letter)
    {
        var upper = char.ToUpperInvariant(letter);
        return upper < Other ? upper
            : Settled.Any(range => upper >= range.First && upper <= range.Last) ? (ushort)(FirstBeyondAscii + (upper % ((1 << Bits) - FirstBeyondAscii)))
            : Other;
    }
}
