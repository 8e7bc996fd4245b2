using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A list in the recipe. Each entry stays, also one that comes to nothing: places count in a list.</summary>
public sealed class ListExpression(IReadOnlyList<Expression> items) : Expression
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<Expression> Items => items;

    /// <inheritdoc/>
    public override bool UsesScript { get; } = items.Any(item => item.UsesScript);

    /// <inheritdoc/>
    public override IEnumerable<PathUse> Paths => items.SelectMany(item => item.Paths);

    /// <inheritdoc/>
    public override async ValueTask<Evaluated> EvaluateAsync(Evaluation evaluation)
    {
        if (!UsesScript)
        {
            return EvaluateNow(evaluation.Scope, evaluation.Zone, evaluation.Warnings);
        }

        var values = new Value[items.Count];
        for (var at = 0; at < values.Length; at++)
        {
            var item = await items[at].EvaluateAsync(evaluation).ConfigureAwait(false);
            if (item.Failure is not null)
            {
                return item;
            }

            values[at] = item.Value;
        }

        return EvaluationFailure.Weighed(Value.List(values));
    }

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null)
    {
        var values = new Value[items.Count];
        for (var at = 0; at < values.Length; at++)
        {
            var item = items[at].EvaluateNow(scope, zone, warnings);
            if (item.Failure is not null)
            {
                return item;
            }

            values[at] = item.Value;
        }

        return EvaluationFailure.Weighed(Value.List(values));
    }
}

/// <summary>
/// A map in the recipe, in its order. A member that is one placeholder or one script and comes to nothing is left out:
/// an empty text in its place would clear a field at the target.
/// </summary>
public sealed class MapExpression(IReadOnlyList<KeyValuePair<string, Expression>> members) : Expression
{
    /// <summary>The members.</summary>
    public IReadOnlyList<KeyValuePair<string, Expression>> Members => members;

    /// <inheritdoc/>
    public override bool UsesScript { get; } = members.Any(member => member.Value.UsesScript);

    /// <inheritdoc/>
    public override IEnumerable<PathUse> Paths => members.SelectMany(member => member.Value.Paths);

    /// <inheritdoc/>
    public override async ValueTask<Evaluated> EvaluateAsync(Evaluation evaluation)
    {
        if (!UsesScript)
        {
            return EvaluateNow(evaluation.Scope, evaluation.Zone, evaluation.Warnings);
        }

        var values = new List<KeyValuePair<string, Value>>(members.Count);
        foreach (var (name, expression) in members)
        {
            var member = await expression.EvaluateAsync(evaluation).ConfigureAwait(false);
            if (member.Failure is not null)
            {
                return member;
            }

            Keep(values, name, expression, member.Value);
        }

        return EvaluationFailure.Weighed(Value.Map(values));
    }

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null)
    {
        var values = new List<KeyValuePair<string, Value>>(members.Count);
        foreach (var (name, expression) in members)
        {
            var member = expression.EvaluateNow(scope, zone, warnings);
            if (member.Failure is not null)
            {
                return member;
            }

            Keep(values, name, expression, member.Value);
        }

        return EvaluationFailure.Weighed(Value.Map(values));
    }

    private static void Keep(List<KeyValuePair<string, Value>> values, string name, Expression expression, Value value)
    {
        if (value.Kind != ValueKind.Missing && !(value.Kind == ValueKind.Null && expression.LeftOutWhenNothing))
        {
            values.Add(new(name, value));
        }
    }
}
