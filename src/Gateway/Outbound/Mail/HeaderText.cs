namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>Texts of headers: as they are where they are short plain ASCII, else in encoded words (RFC 2047) of at most 75 characters, a line each.</summary>
internal static class HeaderText
{
    private const int LongestPlain = 200; // one line may have 998
    private const int WordBytes = 45; // 60 characters of base64, 72 with =?utf-8?B? and ?=

    /// <summary>A text without structure, such as a subject.</summary>
    public static string Encode(string text) => IsPlain(text) ? text : Words(text);

    /// <summary>The name in front of an address, where some characters mean something.</summary>
    public static string Phrase(string text) => IsPlain(text)
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : Words(text);

    // "=?" would be read as an encoded word; a space at an end would be lost.
    private static bool IsPlain(string text) =>
        text.Length <= LongestPlain
        && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
        && !text.Contains("=?", StringComparison.Ordinal)
        && text.AsSpan().Trim(' ').Length == text.Length;

    private static string Words(string text)
    {
        var words = new List<string>();
        var bytes = new List<byte>(WordBytes);
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            // A character is never divided between two words.
            var length = rune.EncodeToUtf8(buffer);
            if (bytes.Count + length > WordBytes)
            {
                End();
            }

            bytes.AddRange(buffer[..length]);
        }

        End();
        return string.Join("\r\n ", words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }
}
