using System.Diagnostics;
using System.Text;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Tests.Unit.Recipes.Yaml;

public class YamlGuardTests
{
    [Theory]
    [InlineData("[", 40_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("{a: ", 60_000)]
    [InlineData("[{a: ", 20_000)]
    public void Nesting_without_end_is_refused_at_level_33(string unit, int times)
    {
        var finding = Only(Repeat(unit, times));

        Assert.Equal(FindingCodes.TooLarge, finding.Code);
        Assert.Contains("32 levels", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forty_thousand_braces_are_two_findings()
    {
        var codes = Read(Repeat("{", 40_000)).Findings.Select(finding => finding.Code);

        Assert.Equal([FindingCodes.UnquotedPlaceholder, FindingCodes.TooLarge], codes);
    }

    [Fact]
    public void Brackets_that_make_the_parser_itself_fail_are_a_finding()
    {
        Assert.Equal(FindingCodes.NotYaml, Only(Repeat("a: [\n", 40_000)).Code);
    }

    [Fact]
    public void Block_maps_nested_by_indentation_are_refused_at_level_33()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            text.Append(' ', i).Append("a:\n");
        }

        var finding = Only(text.ToString());

        Assert.Equal(FindingCodes.TooLarge, finding.Code);
        Assert.Equal(32, finding.Line);
    }

    [Fact]
    public void Thirty_two_levels_are_read()
    {
        Assert.Empty(Read(Repeat("[", 32) + Repeat("]", 32)).Findings);
        Assert.Single(Read(Repeat("[", 33) + Repeat("]", 33)).Findings);
    }

    [Fact]
    public void An_alias_bomb_is_refused_before_it_is_written_out()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 8; i++)
        {
            text.Append("a" + i + ": &a" + i + " [" + string.Join(',', Enumerable.Repeat("*a" + (i - 1), 8)) + "]\n");
        }

        var finding = Only(text.ToString());

        Assert.Equal(FindingCodes.TooLarge, finding.Code);
        Assert.Contains("50000 values", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_64_aliases_are_refused()
    {
        var finding = Only("a: &a x\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 65)) + "]\n");

        Assert.Equal((FindingCodes.TooLarge, 2), (finding.Code, finding.Line));
        Assert.Contains("64 aliases", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_counts_with_the_levels_of_what_it_stands_for()
    {
        var finding = Only("a: &a " + Repeat("[", 20) + Repeat("]", 20) + "\nb: " + Repeat("[", 20) + "*a" + Repeat("]", 20) + "\n");

        Assert.Equal((FindingCodes.TooLarge, 2), (finding.Code, finding.Line));
    }

    [Fact]
    public void A_map_that_holds_itself_is_refused()
    {
        var finding = Only("a: &a\n  b: *a\n");

        Assert.Equal((FindingCodes.YamlNotTaken, 2, 6), (finding.Code, finding.Line, finding.Column));
    }

    [Fact]
    public void More_than_50000_values_are_refused()
    {
        var finding = Only("[" + Repeat("a,", 60_000) + "]");

        Assert.Equal(FindingCodes.TooLarge, finding.Code);
    }

    [Fact]
    public void A_file_above_256_KiB_is_not_parsed_at_all()
    {
        var finding = Only("a: " + new string('x', 256 * 1024));

        Assert.Equal(FindingCodes.TooLarge, finding.Code);
        Assert.Contains("256 KiB", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_is_named_as_such()
    {
        var finding = Only("version: 1\nname: \0\u0001\u0002");

        Assert.Equal((FindingCodes.NotYaml, 2, 7), (finding.Code, finding.Line, finding.Column));
        Assert.Contains("U+0000", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# only a comment\n")]
    public void An_empty_file_says_how_to_begin(string text)
    {
        Assert.Contains("version: 1", Only(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_mark_is_refused()
    {
        Assert.Equal(FindingCodes.YamlNotTaken, Only("a: !!python/object x\n").Code);
    }

    [Fact]
    public void A_second_document_is_refused()
    {
        var finding = Only("a: b\n---\nc: d\n");

        Assert.Equal((FindingCodes.YamlNotTaken, 2), (finding.Code, finding.Line));
    }

    [Fact]
    public void Chance_never_makes_the_reader_throw()
    {
        const string Alphabet = "{}[]:,-?|>&*!#%@`'\"\\ \t\n\r~aé<=.0\u2028\u0085\ud83d";
        var chance = new Random(20260901);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(1, 80)).Select(_ => Alphabet[chance.Next(Alphabet.Length)]));
            Touch(Read(text).Root);
        }
    }

    private static void Touch(YamlNode? node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                Assert.InRange(scalar.PlaceOf(scalar.Text.Length).Line, 1, 200);
                break;
            case YamlList list:
                list.Items.ToList().ForEach(Touch);
                break;
            case YamlMap map:
                map.Entries.ToList().ForEach(entry => Touch(entry.Value));
                break;
        }
    }

    private static Finding Only(string text)
    {
        var watch = Stopwatch.StartNew();
        var (root, findings) = Read(text);

        Assert.Null(findings.Any(finding => finding.Code == FindingCodes.DuplicateKey) ? null : root);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        return Assert.Single(findings);
    }

    private static (YamlNode? Root, IReadOnlyList<Finding> Findings) Read(string text)
    {
        var findings = new FindingList("recipes/a.yaml");
        var root = YamlReader.Read(new YamlText(text), findings);
        return (findings.HasErrors ? null : root, findings.Sorted());
    }

    private static string Repeat(string unit, int times) => string.Concat(Enumerable.Repeat(unit, times));
}
