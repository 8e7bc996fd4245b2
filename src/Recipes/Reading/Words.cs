namespace ConnectorHub.Recipes.Reading;

/// <summary>How messages list things.</summary>
internal static class Words
{
    private const int Most = 20;

    public static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count <= Most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(Most))} and {all.Count - Most} more";
    }

    public static string OrNone(IEnumerable<string> items, string none) => items.Any() ? List(items) : none;
}
