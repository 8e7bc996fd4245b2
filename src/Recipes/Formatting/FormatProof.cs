using ConnectorHub.Recipes.Yaml;
using YamlDotNet.Core;
using Tokens = YamlDotNet.Core.Tokens;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>Whether two texts say the same: the same values, in the same order where order means something, and the same comments.</summary>
internal static class FormatProof
{
    public static bool IsSame(YamlNode before, YamlNode after, KeyOrder? order) => (before, after) switch
    {
        (YamlScalar one, YamlScalar other) => one.Text == other.Text && one.Plain == other.Plain,
        (YamlList one, YamlList other) => one.Flow == other.Flow && one.Items.Count == other.Items.Count
            && one.Items.Zip(other.Items).All(pair => IsSame(pair.First, pair.Second, order?.Of(null))),
        (YamlMap one, YamlMap other) => one.Flow == other.Flow && one.Entries.Count == other.Entries.Count && AreSame(one, other, order),
        _ => false,
    };

    /// <summary>By the scanner's own account, which the writing does not go by.</summary>
    public static bool HasSameComments(string before, string after) => Comments(before).SequenceEqual(Comments(after));

    private static bool AreSame(YamlMap one, YamlMap other, KeyOrder? order)
    {
        var ordered = order?.Keys.Count > 0 ? one.Entries.Select(entry => (entry, other.Find(entry.Key.Text))) : one.Entries.Zip(other.Entries, (first, second) => (first, (YamlEntry?)second));
        return ordered.All(pair => pair.Item2 is { } second && pair.Item1.Key.Text == second.Key.Text && IsSame(pair.Item1.Value, second.Value, order?.Of(second.Key.Text)));
    }

    private static List<string> Comments(string text)
    {
        var found = new List<string>();
        var scanner = new Scanner(new StringReader(text), skipComments: false);
        while (scanner.MoveNext())
        {
            if (scanner.Current is Tokens.Comment comment)
            {
                found.Add(comment.Value.Trim());
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
