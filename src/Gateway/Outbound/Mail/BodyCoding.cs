using System.Globalization;
using System.Text;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>Bodies in UTF-8 as ASCII lines: quoted-printable (RFC 2045, 6.7) where that stays readable and short, else base64.</summary>
internal static class BodyCoding
{
    private const int LongestLine = 76;

    public static (string Name, string Coded) Code(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        var foreign = bytes.Count(one => one >= 0x80);
        return foreign * 6 > bytes.Length
            ? ("base64", Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks) + "\r\n")
            : ("quoted-printable", QuotedPrintable(bytes));
    }

    private static string QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var coded = new StringBuilder(bytes.Length + (bytes.Length / 8));
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n')
            {
                coded.Append("\r\n");
                length = 0;
                i++;
                continue;
            }

            var isLast = i + 1 == bytes.Length || bytes[i + 1] == '\r';
            var piece = IsLiteral(bytes[i], isLast) ? ((char)bytes[i]).ToString() : string.Create(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
            if (length + piece.Length > LongestLine - 1)
            {
                coded.Append("=\r\n");
                length = 0;
            }

            coded.Append(piece);
            length += piece.Length;
        }

        return length == 0 ? coded.ToString() : coded.Append("\r\n").ToString();
    }

    // White space at the end of a line does not survive all servers.
    private static bool IsLiteral(byte one, bool isLast) => one switch
    {
        (byte)'=' => false,
        (byte)' ' or (byte)'\t' => !isLast,
        _ => one is >= 0x21 and <= 0x7E,
    };
}
