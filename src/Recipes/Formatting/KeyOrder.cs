namespace ConnectorHub.Recipes.Formatting;

/// <summary>
/// Where the order of keys is the language's and not the admin's: the maps whose keys <see cref="Reading.Keys"/> lists, in the order it lists them.
/// Everywhere else an order may carry meaning, or taste, and stays.
/// </summary>
internal sealed class KeyOrder
{
    private readonly Dictionary<string, KeyOrder> _below = new(StringComparer.Ordinal);

    private KeyOrder(IEnumerable<string> keys) => Keys = [.. keys.Distinct(StringComparer.Ordinal)];

    public static KeyOrder Recipe { get; } = Build();

    /// <summary>Empty for a list.</summary>
    public IReadOnlyList<string> Keys { get; }

    private KeyOrder? Items { get; init; }

    /// <summary>The order of what stands behind a key; of an item where the key is null.</summary>
    public KeyOrder? Of(string? key) => key is null ? Items : _below.GetValueOrDefault(key);

    /// <summary>Known keys first; what is unknown keeps its place behind them.</summary>
    public IEnumerable<T> Sort<T>(IEnumerable<T> entries, Func<T, string> key)
    {
        var places = Keys.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        return entries.OrderBy(entry => places.GetValueOrDefault(key(entry), int.MaxValue));
    }

    private static KeyOrder Build()
    {
        var when = new KeyOrder(Reading.Keys.When.Allowed);
        when._below["schedule"] = new KeyOrder(Reading.Keys.Schedule.Allowed);
        var recipe = new KeyOrder(Reading.Keys.Recipe.Allowed);
        recipe._below["when"] = when;
        recipe._below["once_per"] = new KeyOrder(Reading.Keys.OncePer.Allowed);
        recipe._below["order_by"] = new KeyOrder(Reading.Keys.OrderBy.Allowed);
        // What a pause begins with never stands beside 'use', so one order does for all kinds of steps.
        recipe._below["steps"] = ListOf(["wait", "stop", "let", .. Reading.Keys.Step.Allowed]);
        recipe._below["on_error"] = ListOf(Reading.Keys.OnError.Allowed);
        recipe._below["tests"] = ListOf(Reading.Keys.Test.Allowed);
        return recipe;
    }

    private static KeyOrder ListOf(IEnumerable<string> keys) => new([]) { Items = new KeyOrder(keys) };
}
