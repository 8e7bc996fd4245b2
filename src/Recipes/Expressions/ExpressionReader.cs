using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>
/// Reads one expression out of a text: values joined by <c>|</c> and <c>??</c>, from left to right. It stops at the first word that
/// cannot go on; what may follow is the caller's business. One reader reads one expression.
/// </summary>
internal sealed class ExpressionReader(string text, int position, bool allowRaw)
{
    /// <summary>How long one expression, and a whole condition, may be.</summary>
    public const int LongestExpression = 16 * 1024;

    private const int DeepestNesting = 32;

    private readonly TextCursor _cursor = new(text, position);
    private readonly List<PathUse> _paths = [];
    private int _depth;

    /// <summary>Where reading stopped.</summary>
    public int Position
    {
        get => _cursor.Position;
        private set => _cursor.Position = value;
    }

    public SyntaxProblem? Problem { get; private set; }

    public IReadOnlyList<PathUse> Paths => _paths;

    /// <summary>True where <c>| raw</c> stands behind it.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>The last filter, or null.</summary>
    public Filter? LastFilter { get; private set; }

    /// <summary>True where a date is read or written in it and no zone is named before.</summary>
    public bool NeedsZone { get; private set; }

    private char Here => _cursor.Here;

    /// <summary>The tree, or null with a <see cref="Problem"/>.</summary>
    public Node? Read()
    {
        var start = Position;
        var hardPaths = _paths.Count;
        Filter? before = null;
        var zoned = false;
        var node = Operand();
        while (node is not null)
        {
            _cursor.SkipSpace();
            if (_cursor.At("??"))
            {
                Position += 2;
                node = Choice(node, ref hardPaths);
                before = null;
            }
            else if (_cursor.At("|"))
            {
                Position++;
                node = Pipe(node, ref hardPaths, ref before, ref zoned);
            }
            else
            {
                break;
            }

            if (Position - start > LongestExpression)
            {
                node = Stop(start, $"An expression has at most {LongestExpression} letters.", "Put a part of it into a 'let:'.");
            }
        }

        LastFilter = before;
        return node;
    }

    /// <summary>Says why the text cannot go on here.</summary>
    public SyntaxProblem Unexpected(string allowed) => ExpressionProblems.Unexpected(text, Position, allowed);

    private ChoiceNode? Choice(Node left, ref int hardPaths)
    {
        var right = Operand();
        Soften(ref hardPaths);
        return right is null ? null : new ChoiceNode(left, right);
    }

    private Node? Operand()
    {
        _cursor.SkipSpace();
        if (Here == '(')
        {
            return Group();
        }

        if (LiteralText.TryRead(text, Position, out var literal, out var end))
        {
            Position = end;
            return new LiteralNode(literal);
        }

        if (Here == '\'')
        {
            return Stop(Position, "The text has no closing quote.", "End it with a single quote; a quote inside is doubled: 'it''s'.");
        }

        if (!Names.Starts(Here))
        {
            return Stop(Unexpected("a path such as event.name, a text in single quotes or a number is expected"));
        }

        var start = Position;
        var at = Position;
        var read = Path.TryParseAt(text, ref at, out var path, out var problem);
        Position = at;
        if (!read)
        {
            return Stop(problem!);
        }

        _paths.Add(new PathUse(path!, start, MayBeMissing: false));
        return Here == '(' ? Stop(ExpressionProblems.CallWithoutBar(start, path!)) : new PathNode(path!);
    }

    private Node? Group()
    {
        var open = Position;
        if (++_depth > DeepestNesting)
        {
            return Stop(open, $"Parentheses are nested deeper than {DeepestNesting}.", "Put a part of it into a 'let:'.");
        }

        Position++;
        var node = Inner();
        if (node is null)
        {
            return null;
        }

        _cursor.SkipSpace();
        if (Here != ')')
        {
            return Stop(open, $"'(' is not closed; found {Names.Show(text, Position)}.", "Close it with ')'.");
        }

        Position++;
        _depth--;
        return node;
    }

    // What stands in parentheses is read like a whole expression; what it leaves behind about filters is its own.
    private Node? Inner()
    {
        var allowed = allowRaw;
        allowRaw = false;
        var node = Read();
        allowRaw = allowed;
        return node;
    }

    private Node? Pipe(Node input, ref int hardPaths, ref Filter? before, ref bool zoned)
    {
        _cursor.SkipSpace();
        if (Here == '|')
        {
            return Stop(Position - 1, "'||' is no operator here.", "Write '??' for another value where the first is missing.");
        }

        var start = Position;
        var name = _cursor.Name();
        if (name.Length == 0)
        {
            return Stop(Unexpected("the name of a filter follows '|'"));
        }

        if (name == "raw")
        {
            return Raw(input, start);
        }

        if (FilterCatalog.Find(name) is not { } filter)
        {
            return Stop(ExpressionProblems.UnknownFilter(start, name));
        }

        if (before is not null && filter.Refuses(before))
        {
            return Stop(ExpressionProblems.CannotFollow(start, filter, before));
        }

        var applied = Apply(input, filter, start);
        zoned |= name == "in_zone" || (applied, name) is ({ Arguments: 1 }, "from_iso") or ({ Arguments: 2 }, "parse_date");
        NeedsZone |= !zoned && name is ("date" or "parse_date");
        before = filter;
        if (name == "default")
        {
            Soften(ref hardPaths);
        }

        return applied;
    }

    private FilterNode? Apply(Node input, Filter filter, int start)
    {
        var arguments = new List<Node>();
        if (Here == '(' && !Arguments(arguments))
        {
            return null;
        }

        var known = arguments.ConvertAll(argument => (argument as LiteralNode)?.Value);
        if (filter.Bind(known, out var problem) is not { } bound)
        {
            Stop(start, problem!.Message, null);
            return null;
        }

        var (line, column) = TextPlace.Of(text, start);
        return new FilterNode(input, bound, [.. arguments], text[start..Position], line, column);
    }

    private bool Arguments(List<Node> arguments)
    {
        var open = Position++;
        if (++_depth > DeepestNesting)
        {
            Stop(open, $"Parentheses are nested deeper than {DeepestNesting}.", "Put a part of it into a 'let:'.");
            return false;
        }

        _cursor.SkipSpace();
        while (Here != ')')
        {
            if (Inner() is not { } argument)
            {
                return false;
            }

            arguments.Add(argument);
            _cursor.SkipSpace();
            if (Here is not (',' or ')'))
            {
                Stop(Here == '\0' ? new SyntaxProblem(open, "'(' is not closed.", "Close it with ')'.") : Unexpected("a comma or ')' follows an argument"));
                return false;
            }

            Position += Here == ',' ? 1 : 0;
            _cursor.SkipSpace();
        }

        Position++;
        _depth--;
        return true;
    }

    private Node? Raw(Node input, int start)
    {
        if (!allowRaw)
        {
            return Stop(start, "'raw' stands only at the end of a placeholder of a field.", "Remove it here.");
        }

        IsRaw = true;
        return input;
    }

    // The paths so far have something in their place when they are missing.
    private void Soften(ref int hardPaths)
    {
        for (; hardPaths < _paths.Count; hardPaths++)
        {
            _paths[hardPaths] = _paths[hardPaths] with { MayBeMissing = true };
        }
    }

    private Node? Stop(int offset, string message, string? fix) => Stop(new SyntaxProblem(offset, message, fix));

    private Node? Stop(SyntaxProblem problem)
    {
        Problem ??= problem;
        return null;
    }
}
