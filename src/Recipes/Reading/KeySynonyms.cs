namespace ConnectorHub.Recipes.Reading;

/// <summary>What other tools call the keys of a recipe.</summary>
internal static class KeySynonyms
{
    private static readonly (string Key, string[] Words)[] All =
    [
        ("when", ["trigger", "on"]),
        ("event", ["events", "type"]),
        ("connection", ["account", "credentials"]),
        ("if", ["condition", "conditions", "filter", "where"]),
        ("once_per", ["dedupe", "unique"]),
        ("let", ["vars", "variables", "set"]),
        ("steps", ["actions", "jobs", "do", "then"]),
        ("use", ["action", "uses"]),
        ("with", ["input", "inputs", "params", "args"]),
        ("for_each", ["loop"]),
        ("wait", ["delay", "sleep"]),
        ("retry", ["retries", "backoff"]),
        ("zone", ["timezone", "tz"]),
        ("about", ["description"]),
        ("mode", ["enabled"]),
        ("name", ["title"]),
    ];

    /// <summary>The keys that a word of another tool may stand for.</summary>
    public static IEnumerable<string> Of(string word) =>
        All.Where(known => known.Words.Contains(word, StringComparer.OrdinalIgnoreCase)).Select(known => known.Key);
}
