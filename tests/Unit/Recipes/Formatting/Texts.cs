using ConnectorHub.Recipes.Formatting;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Tests.Unit.Recipes.Formatting;

/// <summary>What tests ask of a text, in another way than the program does.</summary>
internal static class Texts
{
    public static string Format(string text) => RecipeFormat.Text(text, "a.yaml", isShared: false) switch
    {
        FormatResult.Formatted formatted => formatted.Text,
        FormatResult.LeftAlone alone => string.Join('\n', alone.Findings),
        _ => "",
    };

    /// <summary>Every value with its path, in the order of the paths.</summary>
    public static IReadOnlyList<string> Leaves(string text)
    {
        var root = YamlReader.Read(new YamlText(text.TrimStart('\uFEFF')), new FindingList("a.yaml"));
        return [.. (root is null ? [] : Leaves(root, "")).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Leaves(YamlNode node, string path) => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => Leaves(entry.Value, $"{path}/{entry.Key.Text}")).Append($"{path} {map.Entries.Count} keys"),
        YamlList list => list.Items.SelectMany((item, place) => Leaves(item, $"{path}/{place}")).Append($"{path} {list.Items.Count} items"),
        YamlScalar scalar => [$"{path}={scalar.Plain}:{scalar.Text}"],
        _ => [],
    };
}
