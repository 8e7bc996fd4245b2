namespace ConnectorHub.Runs.RecipeTests;

/// <summary>Lays two texts one above the other, with a sign where they part.</summary>
internal static class TextDifference
{
    // So much before the place where they part, and after it.
    private const int Before = 40;
    private const int After = 60;

    /// <summary>Three lines: what was expected, what there is, and the sign.</summary>
    public static string Show(string expected, string actual)
    {
        var (wanted, found) = (OneLine(expected), OneLine(actual));
        var at = 0;
        while (at < wanted.Length && at < found.Length && wanted[at] == found[at])
        {
            at++;
        }

        var from = Math.Max(0, at - Before);
        var sign = new string(' ', "expected  ".Length + at - from + (from > 0 ? 1 : 0)) + "^";
        return $"expected  {Window(wanted, from, at)}\nactual    {Window(found, from, at)}\n{sign}";
    }

    private static string Window(string text, int from, int at)
    {
        var end = Math.Min(text.Length, at + After);
        return $"{(from > 0 ? "…" : string.Empty)}{text[from..end]}{(end < text.Length ? "…" : string.Empty)}";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("⏎").Replace('\t', ' ');
}
