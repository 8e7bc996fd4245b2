using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Tests.Unit.Architecture;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed partial class GrammarTests
{
    private static readonly string Page = SourceTree.Read("src/Recipes/Expressions/GRAMMAR.md");

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match match in Example().Matches(Page))
            {
                data.Add(match.Groups[1].Value, match.Groups[2].Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_page_is_read_as_the_page_says(string kind, string example)
    {
        var isTemplate = kind == "template" || (kind == "not" && example.StartsWith("{{", StringComparison.Ordinal));
        var problems = isTemplate ? Template.Parse(example, TextKind.Plain).Problems : ConditionParser.Parse(example).Problems;
        Assert.True(kind == "not" == problems.Count > 0, string.Join("; ", problems.Select(problem => problem.Message)));
    }

    [Fact]
    public void Each_rule_has_an_example()
    {
        var rules = Page.Split("\n### ").Skip(1).ToList();
        Assert.Equal(9, rules.Count);
        Assert.All(rules, rule => Assert.Contains("```ebnf", rule, StringComparison.Ordinal));
        Assert.All(rules, rule => Assert.Matches(Example(), rule));
    }

    [Fact]
    public void The_page_names_each_operator_and_no_other()
    {
        var rule = Page[Page.IndexOf("operator = ", StringComparison.Ordinal)..];
        rule = rule[..rule.IndexOf("```", StringComparison.Ordinal)];
        var named = Word().Matches(rule).Select(match => match.Groups[1].Value);
        Assert.Equal(Operator.All.Select(known => known.Words).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_of_each_operator_is_read() =>
        Assert.All(Operator.All, known =>
        {
            Assert.Empty(ConditionParser.Parse(known.Example).Problems);
            Assert.Contains(known.Words, known.Example, StringComparison.Ordinal);
        });

    [GeneratedRegex("^- (template|condition|not): `(.+)`$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Word();
}
