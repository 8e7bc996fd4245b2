namespace ConnectorHub.Recipes.Expressions;

/// <summary>An offset as line and column, both from 1.</summary>
internal static class TextPlace
{
    public static (int Line, int Column) Of(string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
