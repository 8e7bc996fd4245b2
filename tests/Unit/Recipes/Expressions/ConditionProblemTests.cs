using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class ConditionProblemTests
{
    [Theory]
    [InlineData("", 0, "ends too soon")]
    [InlineData("event.a", 7, "An operator must follow")]
    [InlineData("event.a is", 10, "Nothing follows 'is'")]
    [InlineData("event.a is \"", 11, "no closing quote")]
    [InlineData("event.a is \"x\" y", 11, "something follows")]
    [InlineData("event.a == x", 8, "Write '=' or 'is'")]
    [InlineData("event.a equals x", 8, "Write 'is'")]
    [InlineData("event.a contain x", 8, "Did you mean 'contains'?")]
    [InlineData("event.a is one of A", 18, "[A]")]
    [InlineData("event.a is one of [A", 18, "not closed")]
    [InlineData("event.a is one of [A,, B]", 21, "empty place")]
    [InlineData("event.a is one of []", 19, "empty place")]
    [InlineData("event.a is one of [[A], B]", 19, "list inside a list")]
    [InlineData("event.a is [A, B]", 11, "is one of [A, B]")]
    [InlineData("event.a is null", 11, "is missing")]
    [InlineData("event.a is X and event.b is Y", 12, "one condition a line")]
    [InlineData("event.a is {{ event.b | uper }}", 24, "Did you mean 'upper'?")]
    [InlineData("event.a is {{ event.b | raw }}", 11, "raw")]
    [InlineData("event.a | uper is X", 10, "Did you mean 'upper'?")]
    [InlineData("event.a matches (?=x)", 16, "look-around")]
    [InlineData("event.a matches (x", 16, "not a regular expression")]
    [InlineData("event.a matches {{ event.b }}", 16, "written out")]
    [InlineData("event.a is within three days", 18, "3d of now")]
    [InlineData("event.a is within 3y of now", 18, "3d of now")]
    [InlineData("event.a is after school", 17, "is \"after school\"")]
    [InlineData("event.a is more than many", 21, "needs a number")]
    [InlineData("\"x\" is event.a", 0, "a path such as")]
    [InlineData("'x' is event.a", 0, "begins with a path")]
    [InlineData("event.a exists twice", 8, "'exists' is no operator")]
    [InlineData("event.a isn't x", 8, "Write 'is not'")]
    public void A_slip_is_told_with_its_place_and_what_to_write(string sentence, int offset, string words)
    {
        var parse = ConditionParser.Parse(sentence);
        Assert.Null(parse.Condition);
        var problem = Assert.Single(parse.Problems);
        Assert.Equal(offset, problem.Offset);
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }
}
