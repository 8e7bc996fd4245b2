using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Tests.Unit.Recipes.Yaml;

public class YamlPlaceTests
{
    [Theory]
    [InlineData("a: one X two\n", 1, 8)]
    [InlineData("a: 'it''s X'\n", 1, 11)]
    [InlineData("a: \"\\u00e9\\t\\\"X\"\n", 1, 15)]
    [InlineData("a: one\n  two\n  three X\n", 3, 9)]
    [InlineData("a: |\n  one\n\n    two X\n", 4, 9)]
    [InlineData("a: |2\n    two X\n", 2, 9)]
    [InlineData("a: >-\n  one\n  two\n\n  X\n", 5, 3)]
    [InlineData("a: \"one\n\n  two X\"\n", 3, 7)]
    [InlineData("a: |-\n\n\n  X\n", 4, 3)]
    [InlineData("b: [1, { a: one X }]\n", 1, 17)]
    public void A_character_of_a_text_is_found_where_it_stands(string yaml, int line, int column)
    {
        foreach (var text in new[] { yaml, yaml.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var scalar = Scalars(Read(text)).Single(candidate => candidate.Text.Contains('X', StringComparison.Ordinal));

            Assert.Equal(new Place(line, column), scalar.PlaceOf(scalar.Text.IndexOf('X', StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("NO", PlainKind.Text)]
    [InlineData("on", PlainKind.Text)]
    [InlineData("12:30:00", PlainKind.Text)]
    [InlineData("01234", PlainKind.Text)]
    [InlineData("+33612345678", PlainKind.Text)]
    [InlineData("0x1F", PlainKind.Text)]
    [InlineData("1e999999999", PlainKind.Text)]
    [InlineData("2024-05-07", PlainKind.Text)]
    [InlineData("1.", PlainKind.Text)]
    [InlineData("1234", PlainKind.Number)]
    [InlineData("-0.5e3", PlainKind.Number)]
    [InlineData("0", PlainKind.Number)]
    [InlineData("TRUE", PlainKind.Boolean)]
    [InlineData("~", PlainKind.Null)]
    [InlineData("", PlainKind.Null)]
    internal void Plain_words_are_read_as_yaml_1_2_core_reads_them(string text, PlainKind kind)
    {
        Assert.Equal(kind, PlainScalar.KindOf(text));
    }

    private static YamlNode Read(string text)
    {
        var findings = new FindingList("a.yaml");
        var root = YamlReader.Read(new YamlText(text), findings);

        Assert.Empty(findings.Sorted());
        return root!;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlList list => list.Items.SelectMany(Scalars),
        YamlMap map => map.Entries.SelectMany(entry => Scalars(entry.Value)),
        _ => [],
    };
}
