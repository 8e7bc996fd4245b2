using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>One offer of a <c>choose</c>.</summary>
/// <param name="If">All of them must hold; none: it is taken where no other was.</param>
public sealed record Choice(IReadOnlyList<ConditionLine> If, Expression Value);

/// <summary>The value of the first offer whose conditions hold; Missing where none does. "Now" is when the event was received.</summary>
public sealed class ChooseExpression(IReadOnlyList<Choice> choices) : Expression
{
    /// <summary>The offers, in the order of the file.</summary>
    public IReadOnlyList<Choice> Choices => choices;

    /// <inheritdoc/>
    public override bool UsesScript { get; } = choices.Any(choice => choice.Value.UsesScript);

    /// <inheritdoc/>
    public override IEnumerable<PathUse> Paths => choices.SelectMany(choice => choice.If.SelectMany(line => line.Node.Paths).Concat(choice.Value.Paths));

    internal override bool LeftOutWhenNothing => true;

    /// <inheritdoc/>
    public override ValueTask<Evaluated> EvaluateAsync(Evaluation evaluation) =>
        Find(evaluation.Scope, evaluation.Zone) is { } chosen ? chosen.EvaluateAsync(evaluation) : ValueTask.FromResult<Evaluated>(Value.Missing);

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null) =>
        Find(scope, zone)?.EvaluateNow(scope, zone, warnings) ?? Value.Missing;

    private Expression? Find(Scope scope, DateTimeZone? zone)
    {
        var now = scope["meta"].Member("receivedAt").TryGetMoment(out var received) ? received.ToInstant() : default;
        var context = new ConditionContext(scope, zone, now);
        foreach (var choice in choices)
        {
            if (Matching.Holds(choice.If, context, out _))
            {
                return choice.Value;
            }
        }

        return null;
    }
}
