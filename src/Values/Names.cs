namespace ConnectorHub.Values;

/// <summary>Which letters a name is made of, and how a place in a text is shown in a message.</summary>
public static class Names
{
    /// <summary>True for a letter that may begin a name.</summary>
    public static bool Starts(char letter) => char.IsLetter(letter) || letter is '_' or '$';

    /// <summary>True for a letter that may stand inside a name.</summary>
    public static bool Continues(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$' or '-';

    /// <summary>True for a whole name.</summary>
    public static bool IsName(string text) => text.Length > 0 && Starts(text[0]) && text.All(Continues);

    /// <summary>What stands at a place, for a message: the next word, or "the end".</summary>
    public static string Show(string text, int at)
    {
        if (at >= text.Length)
        {
            return "the end";
        }

        var end = at + 1;
        if (Continues(text[at]))
        {
            while (end < text.Length && end - at < 30 && Continues(text[end]))
            {
                end++;
            }
        }

        return $"'{text[at..end]}'";
    }
}
