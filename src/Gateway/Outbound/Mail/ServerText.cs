using System.Text;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>What a mail server says, as a person may see it.</summary>
internal static class ServerText
{
    private const int ShownLength = 300;

    /// <summary>One line, short, without control characters and without what turns the direction of a text.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, ShownLength));
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? new Rune(' ') : rune;
            if (shown.Value == ' ' && (line.Length == 0 || line[^1] == ' '))
            {
                continue;
            }

            if (line.Length + shown.Utf16SequenceLength > ShownLength)
            {
                return line.Append('…').ToString();
            }

            line.Append(shown.ToString());
        }

        return line.ToString().TrimEnd();
    }
}
