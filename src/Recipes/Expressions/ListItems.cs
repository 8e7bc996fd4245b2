namespace ConnectorHub.Recipes.Expressions;

/// <summary>Cuts a written list at its commas, but not inside quotes and placeholders.</summary>
internal static class ListItems
{
    public static List<(int From, int End)> Of(string text, int from, int end)
    {
        var items = new List<(int From, int End)>();
        var itemStart = from;
        var at = from;
        while (at < end)
        {
            if (text[at] == ',')
            {
                items.Add((itemStart, at));
                itemStart = at + 1;
                at++;
            }
            else
            {
                at = Step(text, itemStart, at, end);
            }
        }

        items.Add((itemStart, end));
        return items;
    }

    // A quote opens a text only at the start of an item: in O'Brien it is a letter.
    private static int Step(string text, int itemStart, int at, int end)
    {
        if (text[at] is '"' or '\'' && text.AsSpan(itemStart, at - itemStart).IsWhiteSpace())
        {
            return QuotedText.End(text, at, end);
        }

        if (string.CompareOrdinal(text, at, "{{", 0, 2) == 0)
        {
            var close = text.IndexOf("}}", at, end - at, StringComparison.Ordinal);
            return close < 0 ? end : close + 2;
        }

        return at + 1;
    }
}
