using System.Text.RegularExpressions;
using ConnectorHub.Recipes.Formatting;
using ConnectorHub.Tests.Unit.Architecture;

namespace ConnectorHub.Tests.Unit.Recipes.Formatting;

/// <summary>Shipped recipes brought into disorder by chance: the form comes back, and nothing is lost on the way.</summary>
public partial class DisorderTests
{
    private const int Rounds = 300;

    private static readonly IReadOnlyList<string> Recipes = [.. SourceTree.Files("recipes", ".yaml").Select(SourceTree.Read)];

    [Fact]
    public void Whatever_the_disorder_the_shipped_text_comes_back()
    {
        var chance = new Random(20260905);
        for (var round = 0; round < Rounds; round++)
        {
            var shipped = Recipes[round % Recipes.Count];
            var text = Spread(Quote(Swap(Shuffle(shipped, chance), chance), chance), chance);

            Assert.True(shipped == Texts.Format(text), $"round {round}\n{text}\n---- became\n{Texts.Format(text)}");
        }
    }

    [Fact]
    public void Comments_strewn_anywhere_are_all_there_afterwards_and_the_recipe_says_the_same()
    {
        var chance = new Random(20260906);
        for (var round = 0; round < Rounds; round++)
        {
            var shipped = Recipes[round % Recipes.Count];
            var text = Strew(Spread(Swap(Shuffle(shipped, chance), chance), chance).Replace("\r", "", StringComparison.Ordinal).TrimStart('\uFEFF'), chance);
            var result = RecipeFormat.Text(text, "a.yaml", isShared: false);

            var after = (result as FormatResult.Formatted)?.Text;
            Assert.True(after is not null, $"round {round}\n{string.Join('\n', (result as FormatResult.LeftAlone)?.Findings ?? [])}\n{text}");
            Assert.Equal(Texts.Leaves(text), Texts.Leaves(after));
            Assert.Equal(Strewn(text), Strewn(after));
            Assert.True(after == Texts.Format(after), $"round {round}\n{after}\n---- became\n{Texts.Format(after)}");
        }
    }

    /// <summary>The sections in another order, each with the comments above it; the first stays, for what stands above it is of the file.</summary>
    private static string Shuffle(string text, Random chance)
    {
        var sections = Sections().Split(text);
        var rest = sections[1..];
        chance.Shuffle(rest);
        return string.Join("\n\n", [sections[0].TrimEnd(), .. rest.Select(section => section.Trim('\n'))]) + "\n";
    }

    private static string Swap(string text, Random chance) =>
        Pairs().Replace(text, match => chance.Next(2) == 0 ? match.Value : $"{match.Groups[1].Value}{match.Groups[3].Value}\n{match.Groups[1].Value.Replace('-', ' ')}{match.Groups[2].Value}");

    private static string Quote(string text, Random chance) =>
        Plain().Replace(text, match => chance.Next(4) switch
        {
            0 => $"{match.Groups[1].Value}\"{match.Groups[2].Value}\"",
            1 => $"{match.Groups[1].Value}'{match.Groups[2].Value}'",
            _ => match.Value,
        });

    /// <summary>Wider indentation, lists that stand below their key, blanks and empty lines at ends, other line ends.</summary>
    private static string Spread(string text, Random chance)
    {
        var wide = chance.Next(2) == 0;
        var lines = Lines(text).Select(line =>
        {
            var blanks = line.Text.Length - line.Text.TrimStart().Length;
            if (line.Inside is { } inside)
            {
                return line.Text.Length == 0 || !wide ? line.Text : new string(' ', inside * 2) + line.Text[inside..];
            }

            var rest = line.Text[blanks..];
            var made = wide ? new string(' ', blanks * 2) + (rest.StartsWith("- ", StringComparison.Ordinal) ? $"-   {rest[2..]}" : rest) : line.Text;
            return made + new string(' ', chance.Next(3)) + (made.Length == 0 ? new string('\n', chance.Next(3)) : "");
        });
        var spread = string.Join('\n', lines).TrimEnd('\n') + new string('\n', chance.Next(1, 3));
        return chance.Next(4) switch { 0 => spread.Replace("\n", "\r\n", StringComparison.Ordinal), 1 => $"\uFEFF{spread}", _ => spread };
    }

    private static string Strew(string text, Random chance)
    {
        var number = 0;
        var inside = false;
        var strewn = Lines(text).SelectMany(line =>
        {
            var made = line.Inside is null && line.Text.Trim().Length > 0 && !line.Text.Contains('#', StringComparison.Ordinal) && chance.Next(5) == 0
                ? $"{line.Text.TrimEnd()}{new string(' ', chance.Next(1, 5))}# strewn {number++}"
                : line.Text;
            // Further in, it would be a line of the text above.
            var indent = inside ? 0 : chance.Next(9);
            inside = line.Inside is not null;
            return !inside && chance.Next(5) == 0 ? [$"{new string(' ', indent)}# strewn {number++}", made] : new[] { made };
        });
        return string.Join('\n', strewn);
    }

    private static IEnumerable<string> Strewn(string text) => Comments().Matches(text).Select(match => match.Value.Trim()).Order(StringComparer.Ordinal);

    /// <summary>The lines, and of those that are part of a text in lines how far that text is indented.</summary>
    private static IEnumerable<(string Text, int? Inside)> Lines(string text)
    {
        int? above = null;
        int? inside = null;
        foreach (var line in text.Split('\n'))
        {
            var blanks = line.Length - line.TrimStart().Length;
            if (above is not null && line.Trim().Length > 0 && blanks <= above)
            {
                (above, inside) = (null, null);
            }

            inside ??= above is null || line.Trim().Length == 0 ? null : blanks;
            yield return (line, inside);
            above ??= line.TrimEnd().EndsWith(": |", StringComparison.Ordinal) ? blanks : null;
        }
    }

    // An empty line between a comment and its key parts no sections.
    [GeneratedRegex("(?<!\n#[^\n]*)\n\n(?=(?:#[^\n]*\n|\n)*[a-z_]+:)")]
    private static partial Regex Sections();

    [GeneratedRegex("(?m)^( *- )((?:id|name): .*)\n *((?:use|sample): .*)$")]
    private static partial Regex Pairs();

    [GeneratedRegex("(?m)^( *(?:- )?(?:name|use|sample|source|zone|calendar|sheet|method): )([A-Za-z][A-Za-z0-9 _./-]*)$")]
    private static partial Regex Plain();

    [GeneratedRegex("# .*")]
    private static partial Regex Comments();
}
