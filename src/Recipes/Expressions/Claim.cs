using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>What one sentence says of one value, so that two sentences can be held against each other.</summary>
/// <param name="Subject">The left side as written.</param>
/// <param name="Given">The right side where all of it is written out; null where some of it is only known in a run.</param>
/// <param name="Listed">The right side is a written list.</param>
internal sealed record Claim(string Subject, Operator Operator, bool Exactly, IReadOnlyList<Value>? Given, bool Listed)
{
    private static readonly ConditionContext NoEvent = new(new Scope(), null, default);

    /// <summary>The only values it leaves; null where there are too many to name.</summary>
    public IReadOnlyList<Value>? Leaves => (Operator.Relation, Operator.Denied, Given) switch
    {
        (Relation.Is or Relation.OneOf, false, not null) => Given,
        (Relation.Exists, true, _) => [Value.Missing],
        _ => null,
    };

    /// <summary>True where no value fits both. False where that cannot be told.</summary>
    public bool Contradicts(Claim other) => Excludes(other) || other.Excludes(this) || IsApartFrom(other) || other.IsApartFrom(this);

    /// <summary>True where every value fits one of the two.</summary>
    public bool Completes(Claim other) =>
        Operator is { Relation: Relation.Is, Denied: true } && other.Operator is { Relation: Relation.Is, Denied: true }
        && Given is [var mine] && other.Given is [var theirs] && !ValueComparison.Same(mine, theirs, exactly: false);

    /// <summary>Why a value of this kind is never what the sentence names; null where it may be.</summary>
    public string? Misfit(Value value) =>
        value.Kind == ValueKind.Boolean && Operator.Relation == Relation.Is && Given is [{ Kind: ValueKind.Text } word] && !bool.TryParse(word.ToText(), out _)
            ? $"and never {word.ToText()}: compare with true or false"
            : null;

    private bool Excludes(Claim other) => Leaves is { } values && values.All(value => other.Refuses(value, Exactly));

    private bool Refuses(Value value, bool exactly)
    {
        var isClear = value.IsMissingOrNull || (Operator.Relation, value.Kind) switch
        {
            (Relation.Before or Relation.After or Relation.Within or Relation.Matches, _) => false,
            (Relation.Contains or Relation.StartsWith or Relation.EndsWith, not ValueKind.Text) => false,
            (Relation.More or Relation.Less or Relation.AtLeast or Relation.AtMost, _) => ValueComparison.OrderOfNumbers(value, value) is not null,
            _ => !Exactly || exactly,
        };
        if (!isClear || (Given is null && !Operator.StandsLast))
        {
            return false;
        }

        var right = Operator.StandsLast ? Value.Missing : Listed ? Value.List([.. Given!]) : Given![0];
        return new Judge(Operator.Relation, Exactly, Duration.Zero).Holds(value, right, NoEvent) == Operator.Denied;
    }

    /// <summary>At least 80 and at most 20; begins with A and begins with B.</summary>
    private bool IsApartFrom(Claim other)
    {
        if (Given is not [var mine] || other.Given is not [var theirs] || Operator.Denied || other.Operator.Denied)
        {
            return false;
        }

        var (lower, upper) = (Operator.Relation, other.Operator.Relation);
        if (lower is Relation.More or Relation.AtLeast && upper is Relation.Less or Relation.AtMost)
        {
            var touches = lower == Relation.AtLeast && upper == Relation.AtMost;
            return ValueComparison.OrderOfNumbers(mine, theirs) is { } order && (touches ? order > 0 : order >= 0);
        }

        return lower == Relation.StartsWith && upper == Relation.StartsWith
            && !mine.ToText().StartsWith(theirs.ToText(), StringComparison.OrdinalIgnoreCase)
            && !theirs.ToText().StartsWith(mine.ToText(), StringComparison.OrdinalIgnoreCase);
    }
}
