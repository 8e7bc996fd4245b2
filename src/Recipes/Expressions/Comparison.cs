using System.Text.RegularExpressions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A left side, an operator and a right side.</summary>
internal sealed class Comparison(string sentence, LeftSide left, Operator found, RightSideReader right) : Condition
{
    private readonly Node[] _right = [.. right.Nodes];
    private readonly bool _listed = right.IsWrittenList;
    private readonly Regex? _pattern = right.Pattern;
    private readonly Judge _judge = new(found.Relation, right.Exactly, right.Span);

    public override string Sentence { get; } = sentence.Trim();

    /// <summary>What the sentence is about.</summary>
    public Node Subject => left.Node;

    public override IReadOnlyList<PathUse> Paths { get; } = [.. left.Paths.Select(use => Soften(use, found)), .. right.Paths];

    public override bool NeedsZone { get; } = left.NeedsZone || right.NeedsZone;

    internal override Claim Claim { get; } = new(left.Source, found, right.Exactly, Given(right), right.IsWrittenList);

    public override bool Holds(ConditionContext context) => Ask(context).Holds;

    public override ConditionAnswer Explain(ConditionContext context)
    {
        var asked = Ask(context);
        var wording = new Wording(left.Source, found, _judge);
        if (asked.Failure is { } failure)
        {
            return new ConditionAnswer(false, $"it could not be computed: {failure}", $"It would match if {left.Source} could be computed.") { Failed = true };
        }

        return new ConditionAnswer(
            asked.Holds,
            wording.Found(asked.Left),
            asked.Holds ? "" : wording.WouldMatch(asked.Right, _listed, _pattern))
        {
            Differs = asked.Holds || found is not { Relation: Relation.Is, Denied: false } ? null : (asked.Right, asked.Left),
        };
    }

    internal override string? Misfit(ConditionContext context)
    {
        var subject = left.Node.Evaluate(new Frame(context.Scope, new FilterContext(context.Zone)));
        if (subject.Failure is not null || subject.Value.IsMissingOrNull || subject.Value is { Kind: ValueKind.Text } text && text.ToText().Length == 0)
        {
            return null;
        }

        return (_judge.Misfit(subject.Value) ?? Claim.Misfit(subject.Value)) is { } why ? $"{left.Source} is {Wording.Show(subject.Value)} there, {why}" : null;
    }

    // What is looked up is known only in a run.
    private static IReadOnlyList<Value>? Given(RightSideReader right) =>
        right.Pattern is null && right.Nodes.TrueForAll(node => node is LiteralNode) ? [.. right.Nodes.Cast<LiteralNode>().Select(node => node.Value)] : null;

    private static PathUse Soften(PathUse use, Operator found) => found.Relation == Relation.Exists ? use with { MayBeMissing = true } : use;

    private Asked Ask(ConditionContext context)
    {
        var frame = new Frame(context.Scope, new FilterContext(context.Zone) { Doubts = context.Scope.Doubts });
        var subject = left.Node.Evaluate(frame);
        if (subject.Failure is { } failure)
        {
            return new Asked(false, Value.Missing, Value.Missing, failure.Message);
        }

        if (_pattern is not null)
        {
            return new Asked(Matches(subject.Value) != found.Denied, subject.Value, Value.Missing, null);
        }

        var expected = Expected(frame);
        if (expected.Failure is { } broken)
        {
            return new Asked(false, subject.Value, Value.Missing, broken.Message);
        }

        var holds = _judge.Holds(FoundNone(subject.Value) ? Value.Missing : subject.Value, expected.Value, context);
        return new Asked(holds != found.Denied, subject.Value, expected.Value, null);
    }

    // contacts[*].email exists: asks whether there is one. A list that the event itself has exists also where it is empty.
    private bool FoundNone(Value value) =>
        found.Relation == Relation.Exists && value is { Kind: ValueKind.List, Items.Count: 0 } && left.Paths.Any(use => !use.Path.IsSingle);

    private Evaluated Expected(in Frame frame)
    {
        if (_right.Length == 1 && !_listed)
        {
            return _right[0].Evaluate(frame);
        }

        var items = new Value[_right.Length];
        for (var at = 0; at < items.Length; at++)
        {
            var item = _right[at].Evaluate(frame);
            if (item.Failure is not null)
            {
                return item;
            }

            items[at] = item.Value;
        }

        return Value.List(items);
    }

    private bool Matches(Value value) => value.Kind switch
    {
        ValueKind.List => value.Items.Any(item => !item.IsMissingOrNull && _pattern!.IsMatch(item.ToText())),
        ValueKind.Missing or ValueKind.Null => false,
        _ => _pattern!.IsMatch(value.ToText()),
    };

    private readonly record struct Asked(bool Holds, Value Left, Value Right, string? Failure);
}
