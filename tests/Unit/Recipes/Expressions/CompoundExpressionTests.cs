using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;
using static ConnectorHub.Tests.Unit.Recipes.Expressions.Rendering;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class CompoundExpressionTests
{
    private static readonly ScriptSource Source = new("return 1", "00", "recipes/x.yaml", 3, 7);

    [Fact]
    public void A_member_that_is_one_placeholder_and_comes_to_nothing_is_left_out()
    {
        var map = new MapExpression(
        [
            new("missing", Template("{{ event.nothing }}")),
            new("null", Template("{{ event.member.none }}")),
            new("text", Template("x{{ event.nothing }}")),
            new("cleared", Template("{{ '' }}")),
            new("empty", Template("")),
            new("written", new Constant(Value.Null)),
            new("list", new ListExpression([Template("{{ event.nothing }}"), new Constant(Value.True)])),
        ]);
        Assert.Equal("""{"text":"x","cleared":"","empty":"","written":null,"list":[null,true]}""", map.EvaluateNow(Seen, null).Value.ToText());
        Assert.False(map.UsesScript);
    }

    [Fact]
    public async Task What_a_script_returns_is_escaped_and_nothing_is_left_out()
    {
        var map = new MapExpression(
        [
            new("text", new ScriptExpression(Source, TextKind.Mrkdwn)),
            new("list", new ListExpression([new ScriptExpression(Source, TextKind.Plain)])),
        ]);
        Assert.True(map.UsesScript);
        Assert.Equal("""{"text":"&lt;!here&gt;","list":["<!here>"]}""", (await RunAsync(map, Value.Text("<!here>"))).Value.ToText());
        Assert.Equal("""{"list":[null]}""", (await RunAsync(map, Value.Null)).Value.ToText());
    }

    [Fact]
    public async Task A_failing_script_fails_the_whole_map()
    {
        var failure = new EvaluationFailure("CH3002", "it threw", 3, 7, Transient: true);
        var map = new MapExpression([new("a", new ListExpression([new ScriptExpression(Source, TextKind.Plain)]))]);
        Assert.Same(failure, (await RunAsync(map, failure)).Failure);
    }

    [Fact]
    public void A_script_where_none_may_run_is_a_failure() =>
        Assert.Equal(EvaluationFailure.ScriptNotHere, new ScriptExpression(Source, TextKind.Plain).EvaluateNow(Seen, null).Failure?.Code);

    [Fact]
    public async Task Warnings_of_all_members_come_together()
    {
        var evaluation = new Evaluation(Seen, null, (_, _) => ValueTask.FromResult<Evaluated>(Value.Null), TestContext.Current.CancellationToken);
        await new MapExpression([new("a", Template("x{{ event.one }}")), new("b", Template("x{{ event.two }}"))]).EvaluateAsync(evaluation);
        Assert.Equal(2, evaluation.Warnings.Count);
    }

    [Theory]
    [InlineData("{{ a }}{{ a }}")]
    [InlineData("{{ a | replace('x', a) }}")]
    [InlineData("{{ l | concat(l) }}")]
    [InlineData("{{ l | join(a) }}")]
    public void A_value_that_doubles_again_and_again_comes_to_an_end(string text)
    {
        var scope = new Scope().Set("a", Value.Text("xy")).Set("l", Value.List([Value.Text("xy")]));
        Evaluated last = Value.Missing;
        for (var times = 0; times < 40 && last.Failure is null; times++)
        {
            last = Template(text).EvaluateNow(scope, null);
            scope.Set(last.Value.Kind == ValueKind.List ? "l" : "a", last.Value);
            if (text.Contains("join", StringComparison.Ordinal))
            {
                scope.Set("l", Value.List([last.Value, last.Value]));
            }
        }

        Assert.Contains("16 MB", last.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_lists_of_lists_comes_to_an_end()
    {
        var scope = new Scope().Set("a", Value.Text("xy"));
        var list = new ListExpression([Template("{{ a }}"), Template("{{ a }}")]);
        Evaluated last = Value.Missing;
        for (var times = 0; times < 40 && last.Failure is null; times++)
        {
            last = list.EvaluateNow(scope, null);
            scope.Set("a", last.Value);
        }

        Assert.Equal(EvaluationFailure.TooHeavy, last.Failure?.Code);
    }

    [Fact]
    public void A_copy_of_a_scope_has_names_of_its_own()
    {
        var scope = new Scope().Set("a", Value.True);
        var copy = scope.Copy().Set("a", Value.False).Set("b", Value.True);
        for (var at = 0; at < 20; at++)
        {
            copy.Set($"n{at}", Value.Number(at));
        }

        Assert.Equal(Value.True, scope["a"]);
        Assert.Equal(ValueKind.Missing, scope["b"].Kind);
        Assert.Equal(Value.Number(19), copy["n19"]);
        Assert.Equal(22, copy.Names.Count());
    }

    private static ValueTask<Evaluated> RunAsync(Expression expression, Evaluated answer) =>
        expression.EvaluateAsync(new Evaluation(Seen, null, (_, _) => ValueTask.FromResult(answer), TestContext.Current.CancellationToken));
}
