using System.Buffers;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>
/// Which quotes a value gets: none where every reader of YAML takes the words for the same text, double ones around placeholders and
/// in place of single ones. What needs an escape stays as it was written.
/// </summary>
internal static class Quoting
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-./@,!?()'");

    public static string Of(FormatLeaf leaf, string written) => leaf.Kind switch
    {
        LeafKind.SingleQuoted or LeafKind.DoubleQuoted when IsSafe(leaf.Value) && !written.Contains('\n', StringComparison.Ordinal) => leaf.Value,
        LeafKind.SingleQuoted when NeedsNoEscape(leaf.Value) && !written.Contains('\n', StringComparison.Ordinal) => $"\"{leaf.Value}\"",
        LeafKind.Plain when leaf.Value.Contains("{{", StringComparison.Ordinal) && NeedsNoEscape(leaf.Value) && leaf.Value == written => $"\"{leaf.Value}\"",
        _ => written,
    };

    private static bool IsSafe(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' ' && !text.AsSpan().ContainsAnyExcept(Harmless)
        && PlainScalar.KindOf(text) == PlainKind.Text && PlainScalar.OldTruth(text) is null;

    private static bool NeedsNoEscape(string text) => !text.Any(letter => char.IsControl(letter) || letter is '"' or '\\' or '\u2028' or '\u2029' or '\uFEFF' or '\u0085');
}
