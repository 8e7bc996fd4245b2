using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A place in a text that moves forward.</summary>
internal sealed class TextCursor(string text, int position)
{
    public int Position { get; set; } = position;

    /// <summary>The letter at the place; a zero behind the end.</summary>
    public char Here => Position < text.Length ? text[Position] : '\0';

    public bool At(string sign) => string.CompareOrdinal(text, Position, sign, 0, sign.Length) == 0;

    public void SkipSpace()
    {
        while (char.IsWhiteSpace(Here))
        {
            Position++;
        }
    }

    /// <summary>Reads the name at the place; empty where there is none.</summary>
    public string Name()
    {
        var start = Position;
        while (Names.Continues(Here))
        {
            Position++;
        }

        return text[start..Position];
    }
}
