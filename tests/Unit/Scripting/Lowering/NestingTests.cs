using ConnectorHub.Scripting.Lowering;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

public class NestingTests
{
    [Fact]
    public void What_nests_deeper_than_anybody_writes_is_named_with_its_place()
    {
        Assert.Null(Nesting.TooDeep($"return {new string('(', Nesting.Most)}1{new string(')', Nesting.Most)}"));
        Assert.Equal((2, Nesting.Most + 1), Nesting.TooDeep($"const a =\n{new string('[', Nesting.Most + 1)}"));
    }

    [Fact]
    public void Brackets_that_are_closed_do_not_add_up() =>
        Assert.Null(Nesting.TooDeep(string.Concat(Enumerable.Repeat("f(x)[0]; if (y) { g(); } ) \n", 10_000))));
}
