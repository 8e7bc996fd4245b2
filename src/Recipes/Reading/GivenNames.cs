namespace ConnectorHub.Recipes.Reading;

/// <summary>Names that recipes give: of steps and of top values.</summary>
internal static class GivenNames
{
    public const string Allowed = "A name has letters, digits, '_' and '-', and begins with a letter.";

    /// <summary>Names the language has given already.</summary>
    public static readonly IReadOnlySet<string> Reserved =
        new HashSet<string>(StringComparer.Ordinal) { "event", "meta", "shared", "steps", "item", "index", "error", "run", "recipe", "hub", "true", "false", "null" };

    public static bool IsName(string text) => text.Length <= 64 && ConnectorHub.Values.Names.IsName(text);
}
