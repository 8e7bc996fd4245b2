using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using static ConnectorHub.Tests.Unit.Recipes.Expressions.Rendering;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class TemplateProblemTests
{
    [Theory]
    [InlineData("Hello {{ event.a | uper }}", 19, "Did you mean 'upper'?")]
    [InlineData("{{ event.a | banana }}", 13, "Filters: add, as_is, as_map")]
    [InlineData("{{ }}", 0, "is empty")]
    [InlineData("a {{ event.a", 2, "'{{' is not closed")]
    [InlineData("{{ event.a b }}", 11, "'b' cannot stand here")]
    [InlineData("{{ \"text\" }}", 3, "single quotes")]
    [InlineData("{{ 'text }}", 3, "no closing quote")]
    [InlineData("{{ event.a || 'x' }}", 11, "Write '??'")]
    [InlineData("{{ event.a == 'x' }}", 11, "'if:'")]
    [InlineData("{{ event.a + 1 }}", 11, "| plus(…)")]
    [InlineData("{{ upper(event.a) }}", 3, "value | upper")]
    [InlineData("{{ event.a | }}", 13, "name of a filter")]
    [InlineData("{{ event.a | upper('x') }}", 13, "takes no arguments")]
    [InlineData("{{ event.a | replace('x') }}", 13, "replace(old, new)")]
    [InlineData("{{ event.a | replace('x', 'y' }}", 30, "comma or ')'")]
    [InlineData("{{ event.a | count | join }}", 21, "'join' cannot follow 'count'")]
    [InlineData("{{ event.a | plus(event.b | raw) }}", 28, "'raw'")]
    [InlineData("{{ event.a | map('a[') }}", 13, "no path")]
    [InlineData("{{ (event.a }}", 3, "'(' is not closed")]
    [InlineData("{{ event.a[name] }}", 10, "['name']")]
    public void A_slip_is_told_with_its_place_and_what_to_write(string text, int offset, string words)
    {
        var problem = Problem(text);
        Assert.Equal(offset, problem.Offset);
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_a_text_are_told_at_once()
    {
        var parse = ConnectorHub.Recipes.Expressions.Template.Parse("{{ event.a | uper }} {{ }} {{ event.b | lwoer }}", TextKind.Plain);
        Assert.Equal([13, 21, 40], parse.Problems.Select(problem => problem.Offset));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("x[")]
    [InlineData("x|plus(")]
    [InlineData("{{")]
    [InlineData("'")]
    [InlineData("a ?? ")]
    [InlineData("a | upper ")]
    [InlineData("x.")]
    public void Forty_kilobytes_of_anything_are_answered(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 40_000 / piece.Length));
        foreach (var whole in new[] { text, "{{" + text, "{{" + text + "}}", "{{ a" + text + " }}" })
        {
            var parse = ConnectorHub.Recipes.Expressions.Template.Parse(whole, TextKind.Plain);
            Assert.True(parse.Template is null != (parse.Problems.Count == 0));
            Assert.Null(ConditionParser.Parse(whole).Condition);
            Assert.Null(ConditionParser.Parse("event.a is " + whole).Condition);
        }
    }

    [Fact]
    public void A_placeholder_has_a_greatest_length()
    {
        var text = "{{ event.a" + string.Concat(Enumerable.Repeat(" | upper", 3_000)) + " }}";
        Assert.Contains("at most 16384 letters", Problem(text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Parentheses_nest_to_a_depth_of_32(int depth, bool fine)
    {
        var parse = ConnectorHub.Recipes.Expressions.Template.Parse("{{ " + new string('(', depth) + "event" + new string(')', depth) + " }}", TextKind.Plain);
        Assert.Equal(fine, parse.Template is not null);
    }
}
