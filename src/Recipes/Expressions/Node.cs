using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>What a node may read.</summary>
internal readonly record struct Frame(Scope Scope, FilterContext Context);

/// <summary>A part of an expression's tree. Closed.</summary>
internal abstract class Node
{
    private protected Node()
    {
    }

    public abstract Evaluated Evaluate(in Frame frame);
}

internal sealed class LiteralNode(Value value) : Node
{
    public Value Value => value;

    public override Evaluated Evaluate(in Frame frame) => value;
}

internal sealed class PathNode(Path path) : Node
{
    public Path Path => path;

    public override Evaluated Evaluate(in Frame frame) => path.Resolve(frame.Scope[path.Root]);
}

/// <summary><c>left ?? right</c>.</summary>
internal sealed class ChoiceNode(Node left, Node right) : Node
{
    public Node Left => left;

    public Node Right => right;

    public override Evaluated Evaluate(in Frame frame)
    {
        var first = left.Evaluate(frame);
        return first.Failure is null && first.Value.IsMissingOrNull ? right.Evaluate(frame) : first;
    }
}

/// <summary><c>input | filter(arguments)</c>.</summary>
internal sealed class FilterNode(Node input, BoundFilter filter, Node[] arguments, string source, int line, int column) : Node
{
    private readonly Value[]? _constants = Constants(arguments);

    public Node Input => input;

    /// <summary>As it was written, with its arguments.</summary>
    public string Source => source;

    public int Arguments => arguments.Length;

    public override Evaluated Evaluate(in Frame frame)
    {
        var given = input.Evaluate(frame);
        if (given.Failure is not null)
        {
            return given;
        }

        var values = _constants;
        if (values is null)
        {
            values = new Value[arguments.Length];
            for (var at = 0; at < values.Length; at++)
            {
                var argument = arguments[at].Evaluate(frame);
                if (argument.Failure is not null)
                {
                    return argument;
                }

                values[at] = argument.Value;
            }
        }

        var result = filter.Apply(given.Value, values, frame.Context);
        return result.Problem is { } problem
            ? new EvaluationFailure(EvaluationFailure.FilterFailed, problem.Message, line, column, Transient: false)
            : result.Value;
    }

    private static Value[]? Constants(Node[] arguments)
    {
        var values = new Value[arguments.Length];
        for (var at = 0; at < values.Length; at++)
        {
            if (arguments[at] is not LiteralNode literal)
            {
                return null;
            }

            values[at] = literal.Value;
        }

        return values;
    }
}

/// <summary>A whole template on the right side of a condition.</summary>
internal sealed class TemplateNode(Template template) : Node
{
    public override Evaluated Evaluate(in Frame frame) => template.EvaluateNow(frame.Scope, frame.Context.Zone);
}
