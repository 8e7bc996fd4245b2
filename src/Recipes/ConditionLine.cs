using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Recipes;

/// <summary>One line under an <c>if</c>.</summary>
/// <param name="Label"><c>if[1]</c> for the first; <c>if[2].any[1]</c> inside a group.</param>
public sealed record ConditionLine(string Label, ConditionNode Node, int Line);

/// <summary>A sentence, or a group of lines. Closed.</summary>
public abstract record ConditionNode
{
    private ConditionNode()
    {
    }

    /// <summary>What it says, as the file has it; a group in one line.</summary>
    public abstract string Words { get; }

    /// <summary>The paths it reads.</summary>
    public IEnumerable<PathUse> Paths => this switch
    {
        Sentence sentence => sentence.Condition.Paths,
        All all => all.Lines.SelectMany(line => line.Node.Paths),
        Any any => any.Lines.SelectMany(line => line.Node.Paths),
        Not not => not.Line.Node.Paths,
        _ => [],
    };

    public sealed record Sentence(Condition Condition) : ConditionNode
    {
        public override string Words => Condition.Sentence;
    }

    public sealed record All(IReadOnlyList<ConditionLine> Lines) : ConditionNode
    {
        public override string Words => $"all of: {Join(Lines)}";
    }

    public sealed record Any(IReadOnlyList<ConditionLine> Lines) : ConditionNode
    {
        public override string Words => $"any of: {Join(Lines)}";
    }

    public sealed record Not(ConditionLine Line) : ConditionNode
    {
        public override string Words => $"not: {Line.Node.Words}";
    }

    private static string Join(IReadOnlyList<ConditionLine> lines) => string.Join("; ", lines.Select(line => line.Node.Words));
}
