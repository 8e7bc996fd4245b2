using System.Text.RegularExpressions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Formatting;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Tests.Unit.Architecture;

namespace ConnectorHub.Tests.Unit.Recipes.Formatting;

public partial class RecipeFormatTests
{
    private static readonly string[] Pages = ["README.md", "recipes/README.md"];

    public static TheoryData<string> Shipped => [.. SourceTree.Files("recipes", ".yaml")];

    [Theory]
    [MemberData(nameof(KeyTable.Rows), MemberType = typeof(KeyTable))]
    [MemberData(nameof(LineTable.Rows), MemberType = typeof(LineTable))]
    public void A_text_is_written_so_and_then_stays(string rule, string before, string after)
    {
        Assert.True(after == Texts.Format(before), $"{rule}\n{Texts.Format(before)}");
        Assert.Equal(after, Texts.Format(after));
        Assert.Equal(Texts.Leaves(before), Texts.Leaves(after));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_recipe_is_canonical(string file) => Assert.Equal(SourceTree.Read(file), Texts.Format(SourceTree.Read(file)));

    [Fact]
    public void Every_recipe_of_the_repository_says_the_same_afterwards_or_is_left_alone_with_its_finding()
    {
        var pages = Pages.SelectMany(page => Blocks().Matches(SourceTree.Read(page))).Select(match => Regex.Replace(match.Groups[2].Value, $"(?m)^{match.Groups[1].Value}", ""));
        var texts = SourceTree.Files("tests/Unit/Recipes/Broken", ".yaml").Select(SourceTree.Read).Concat(pages).ToList();
        var formatted = 0;
        foreach (var text in texts)
        {
            switch (RecipeFormat.Text(text, "a.yaml", isShared: false))
            {
                case FormatResult.Formatted { Text: var after }:
                    formatted++;
                    Assert.Equal(Texts.Leaves(text), Texts.Leaves(after));
                    Assert.Equal(after, Texts.Format(after));
                    break;
                case FormatResult.LeftAlone { Findings: var findings }:
                    Assert.DoesNotContain(findings, finding => finding.Code == FindingCodes.NotFormatted);
                    Assert.Contains(findings, finding => finding.Severity == Severity.Error);
                    break;
            }
        }

        Assert.True(formatted > texts.Count * 3 / 4, $"{formatted} of {texts.Count}");
    }

    [Theory]
    [InlineData("version: 1\nname: 'A\n", "a.yaml(2,7): error CH2007: the quote ' that opens here is never closed. Close it, or double it where it belongs to the text.")]
    [InlineData("name: A\nname: B\n", "a.yaml(2,1): error CH2006: 'name' is given twice, in line 1 and in line 2. A key stands once: remove one of them.")]
    [InlineData("name: A\n---\nname: B\n", "a.yaml(2,1): error CH2033: a second document begins here. A file holds one recipe: put the other into a file of its own.")]
    [InlineData("name: A\n? about\n: B\n", "a.yaml(2,1): error CH2060: fmt leaves this file alone: it does not know what '?' does here. Write keys as 'key: value', without '?' and without directives.")]
    [InlineData("%YAML 1.2\n---\nname: A\n", "a.yaml(1,1): error CH2060: fmt leaves this file alone: it does not know what '%' does here. Write keys as 'key: value', without '?' and without directives.")]
    public void What_cannot_be_understood_is_left_alone(string text, string said)
    {
        var alone = Assert.IsType<FormatResult.LeftAlone>(RecipeFormat.Text(text, "a.yaml", isShared: false));

        Assert.Equal([said], alone.Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void Names_that_recipes_share_are_the_admins_own()
    {
        const string Before = "zebra:   1\nversion: 2\nlist:\n- a\n";

        Assert.Equal("zebra: 1\nversion: 2\nlist:\n  - a\n", Assert.IsType<FormatResult.Formatted>(RecipeFormat.Text(Before, "shared.yaml", isShared: true)).Text);
        Assert.False(Assert.IsType<FormatResult.Formatted>(RecipeFormat.Text("\n", "shared.yaml", isShared: true)).Changed);
    }

    [Theory]
    [InlineData("\uFEFFversion: 1\r\nname: A \r\n")]
    [InlineData("version: 1\rname: A")]
    [InlineData("version: 1\nname:\tA\t\n\n\n")]
    public void Line_ends_marks_and_blanks_at_ends_are_mended(string text) => Assert.Equal("version: 1\nname: A\n", Texts.Format(text));

    [Fact]
    public void The_line_for_an_editor_stays_the_first()
    {
        const string Line = "# yaml-language-server: $schema=recipe.schema.json\n";

        Assert.Equal(Line + "version: 1\nname: A\n", Texts.Format(Line + "version: 1\nname: A\n"));
        Assert.Equal(Line + "\nversion: 1\nname: A\n", Texts.Format(Line + "name: A\nversion: 1\n"));
    }

    [Fact]
    public void A_recipe_that_a_program_wrote_in_brackets_stays_as_it_is() => Assert.Equal("{ \"version\": 1, \"name\": \"A\" }\n", Texts.Format("{ \"version\": 1, \"name\": \"A\" }"));

    [Fact]
    public void The_page_about_recipes_names_the_keys_in_the_order_of_the_program()
    {
        var page = SourceTree.Read("recipes/README.md").ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal);

        Assert.Contains($"one order: {string.Join(", ", Keys.Recipe.Allowed.Select(key => $"`{key}`"))}; in a step {string.Join(", ", Keys.Step.Allowed.TakeWhile(key => key != "with").Select(key => $"`{key}`"))}, `with`", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?ms)^( *)```ya?ml\n(.*?)^ *```")]
    private static partial Regex Blocks();
}
