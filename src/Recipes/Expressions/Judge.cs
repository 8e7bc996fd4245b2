using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Whether a relation holds between two values. A missing left side is in no relation but "missing" and "empty".</summary>
internal sealed class Judge(Relation relation, bool exactly, Duration span)
{
    private readonly StringComparison _comparison = exactly ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    public bool Holds(Value left, Value right, ConditionContext context) => relation switch
    {
        Relation.Is => ValueComparison.Same(left, right, exactly),
        Relation.Exists => !left.IsMissingOrNull,
        Relation.Empty => IsEmpty(left),
        _ when left.IsMissingOrNull || right.IsMissingOrNull => false,
        Relation.OneOf => Among(right, left),
        Relation.Contains => Contains(left, right),
        Relation.StartsWith => left.ToText().StartsWith(right.ToText(), _comparison),
        Relation.EndsWith => left.ToText().EndsWith(right.ToText(), _comparison),
        Relation.Before => Moments(left, right, context) < 0,
        Relation.After => Moments(left, right, context) > 0,
        Relation.Within => IsNear(left, context),
        Relation.More => Order(left, right, context) > 0,
        Relation.Less => Order(left, right, context) < 0,
        Relation.AtLeast => Order(left, right, context) >= 0,
        Relation.AtMost => Order(left, right, context) <= 0,
        _ => false,
    };

    /// <summary>Why the value cannot be in this relation at all, for a person; null where it can.</summary>
    public string? Misfit(Value left) => relation switch
    {
        _ when left.IsMissingOrNull => null,
        Relation.Before or Relation.After or Relation.Within when ValueComparison.InstantOf(left, null) is null =>
            left.Kind == ValueKind.Number ? "a number, not a date: add | from_unix" : "not a date: make one with | from_iso or | parse_date('dd/MM/yyyy')",
        Relation.More or Relation.Less or Relation.AtLeast or Relation.AtMost
            when ValueComparison.OrderOfNumbers(left, left) is null && ValueComparison.InstantOf(left, null) is null => "not a number",
        Relation.Is or Relation.OneOf when left.Kind == ValueKind.List => "a list: use 'contains'",
        _ => null,
    };

    private static bool IsEmpty(Value value) => value.Kind switch
    {
        ValueKind.Missing or ValueKind.Null => true,
        ValueKind.Text => string.IsNullOrWhiteSpace(value.ToText()),
        ValueKind.List or ValueKind.Map => value.Count == 0,
        _ => false,
    };

    private bool Among(Value list, Value value)
    {
        if (list.Kind == ValueKind.Map)
        {
            return list.Members.Any(member => string.Equals(member.Key, value.ToText(), _comparison));
        }

        return list.Kind == ValueKind.List ? list.Items.Any(item => ValueComparison.Same(value, item, exactly)) : ValueComparison.Same(value, list, exactly);
    }

    private bool Contains(Value left, Value right) => left.Kind switch
    {
        ValueKind.List or ValueKind.Map => Among(left, right),
        _ => left.ToText().Contains(right.ToText(), _comparison),
    };

    private static int? Moments(Value left, Value right, ConditionContext context) =>
        ValueComparison.OrderOfMoments(left, RightSideReader.IsNow(right) ? Value.Moment(context.Now) : right, context.Zone);

    private static int? Order(Value left, Value right, ConditionContext context) =>
        ValueComparison.OrderOfNumbers(left, right) ?? Moments(left, right, context);

    private bool IsNear(Value left, ConditionContext context)
    {
        if (ValueComparison.InstantOf(left, context.Zone) is not { } instant)
        {
            return false;
        }

        var distance = instant - context.Now;
        return distance <= span && -distance <= span;
    }
}
