namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

internal enum Step
{
    One,
    Repeat,
    Split,
    Jump,
    Save,
    Forget,
    Set,
    Head,
    Tail,
    Start,
    End,
    Boundary,
    Look,
    Back,
    Found,
}

/// <summary>One step of a program. What the numbers mean depends on the step.</summary>
internal sealed record Instruction(Step Step, int A = 0, int B = 0, int C = 0, bool Flag = false, CharacterSet? Set = null)
{
    public int Target { get; set; }
}

/// <summary>A regular expression, made ready to match.</summary>
internal sealed class Pattern
{
    private const int MaxSteps = 50_000;
    private const int MaxKept = 256;

    private static readonly Dictionary<(string, string), Pattern> Kept = [];

    private readonly List<Instruction> _steps = [];
    private readonly IReadOnlyDictionary<string, int> _names;
    private bool _backwards;

    private Pattern(string source, PatternFlags flags)
    {
        (Source, Flags) = (source, flags);
        (var tree, Groups, _names) = PatternReader.Read(source, flags);
        Emit(tree);
        _steps.Add(new Instruction(Step.Found));
        Steps = [.. _steps];
        IsAnchored = Steps[0].Step == Step.Start && !flags.Multiline;
        First = Steps[0] is { Step: Step.One } or { Step: Step.Repeat, A: > 0 } ? Steps[0].Set : null;
    }

    public string Source { get; }

    public PatternFlags Flags { get; }

    /// <summary>Without the whole match.</summary>
    public int Groups { get; }

    public int Registers { get; private set; }

    public IReadOnlyList<string> GroupNames => [.. _names.OrderBy(name => name.Value).Select(name => name.Key)];

    public Instruction[] Steps { get; }

    /// <summary>What a match begins with, where that is certain.</summary>
    public CharacterSet? First { get; }

    /// <summary>It can only begin where the text begins.</summary>
    public bool IsAnchored { get; }

    public int Group(string name) => _names[name];

    /// <exception cref="PatternException">It is none.</exception>
    public static Pattern Of(string source, string flags)
    {
        lock (Kept)
        {
            if (Kept.TryGetValue((source, flags), out var known))
                return known;
        }

        var read = PatternFlags.Read(flags)
            ?? throw new PatternException($"'{flags}' are not flags; there are g, i, m, s, u and y, each once");
        var pattern = new Pattern(source, read);
        lock (Kept)
        {
            if (Kept.Count >= MaxKept)
                Kept.Clear();
            return Kept[(source, flags)] = pattern;
        }
    }

    private Instruction Add(Instruction step)
    {
        if (_steps.Count >= MaxSteps)
            throw new PatternException("it is too large");
        _steps.Add(step);
        return step;
    }

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                Add(new Instruction(Step.One, Flag: _backwards, Set: one.Set));
                break;
            case PatternNode.Sequence sequence:
                foreach (var part in _backwards ? sequence.Parts.Reverse() : sequence.Parts)
                    Emit(part);
                break;
            case PatternNode.Choice choice:
                Emit(choice);
                break;
            case PatternNode.Group group:
                Add(new Instruction(Step.Save, (2 * group.Number) + (_backwards ? 1 : 0)));
                Emit(group.Inner);
                Add(new Instruction(Step.Save, (2 * group.Number) + (_backwards ? 0 : 1)));
                break;
            case PatternNode.Repeat repeat:
                Emit(repeat);
                break;
            case PatternNode.Look look:
                Emit(look);
                break;
            default:
                EmitPlace(node);
                break;
        }
    }

    private void EmitPlace(PatternNode node)
    {
        if (node is PatternNode.Start)
            Add(new Instruction(Step.Start));
        else if (node is PatternNode.End)
            Add(new Instruction(Step.End));
        else if (node is PatternNode.Boundary boundary)
            Add(new Instruction(Step.Boundary, Flag: boundary.Negated));
        else if (node is PatternNode.Back back)
            Add(new Instruction(Step.Back, back.Number, Flag: _backwards));
        else if (node is PatternNode.NamedBack named)
            Add(new Instruction(Step.Back, _names[named.Name], Flag: _backwards));
    }

    private void Emit(PatternNode.Choice choice)
    {
        var ends = new List<Instruction>();
        foreach (var option in choice.Options.SkipLast(1))
        {
            var split = Add(new Instruction(Step.Split));
            Emit(option);
            ends.Add(Add(new Instruction(Step.Jump)));
            split.Target = _steps.Count;
        }

        Emit(choice.Options[^1]);
        foreach (var end in ends)
            end.Target = _steps.Count;
    }

    // Split: go on, and where that fails at the target; with the flag the other way round.
    private void Emit(PatternNode.Repeat repeat)
    {
        if (repeat.Most == 0)
            return;
        if (repeat.Inner is PatternNode.One one && !_backwards)
        {
            Add(new Instruction(Step.Repeat, repeat.Least, repeat.Most, Flag: repeat.Greedy, Set: one.Set));
            return;
        }

        var counter = Registers;
        Registers += 2;
        Add(new Instruction(Step.Set, counter));
        var head = Add(new Instruction(Step.Head, counter, repeat.Least, repeat.Most, repeat.Greedy));
        var start = _steps.Count - 1;
        if (repeat.EndGroup > repeat.FirstGroup)
            Add(new Instruction(Step.Forget, repeat.FirstGroup, repeat.EndGroup));
        Emit(repeat.Inner);
        Add(new Instruction(Step.Tail, counter, repeat.Least) { Target = start });
        head.Target = _steps.Count;
    }

    private void Emit(PatternNode.Look look)
    {
        var before = _backwards;
        var step = Add(new Instruction(Step.Look, Flag: look.Negated));
        _backwards = look.Behind;
        Emit(look.Inner);
        _backwards = before;
        Add(new Instruction(Step.Found));
        step.Target = _steps.Count;
    }
}
