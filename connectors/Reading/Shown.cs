using System.Globalization;
using System.Text;

namespace ConnectorHub.Connectors.Reading;

/// <summary>Texts of others as a message shows them: on one line, and no longer than helps.</summary>
internal static class Shown
{
    private const int LongestValue = 60;
    private const int LongestLine = 300;

    /// <summary>A value that a recipe gave, cut.</summary>
    public static string Value(string text, int most = LongestValue) => Cut(text, most);

    /// <summary>What a platform said: blanks, line breaks and what cannot be seen, such as marks that turn the direction of writing, become single blanks; cut.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (!char.IsWhiteSpace(one) && char.GetUnicodeCategory(one) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                line.Append(one);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return Cut(line.ToString().TrimEnd(), LongestLine);
    }

    // Half a surrogate pair could be written nowhere.
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
}
