using System.Globalization;
using ConnectorHub.ScriptHost.JavaScript.Patterns;
using Jint.Parser;
using Jint.Parser.Ast;
using Tree = Jint.Parser.Ast.Program;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// Rewrites a parsed tree in place so that it means what the standard says. On .NET 9 and later the engine turns numbers below zero
/// into 0 in bitwise operators, so those become calls of host functions; each function starts with a look at the stack.
/// The host functions have names no script can spell.
/// </summary>
internal sealed partial class TreeRepair
{
    public const int MaxDepth = 1000;

    private readonly Stack<List<VariableDeclarator>> _temporaries = new();
    private int _depth;
    private int _counter;
    private readonly BlockNames _names = new();
    private int _nesting;
    private bool _isNewer;

    private TreeRepair()
    {
    }

    internal sealed class TooDeepException(Location? at) : Exception
    {
        public Location? At { get; } = at;
    }

    /// <summary>A regular expression that is none.</summary>
    internal sealed class BadPatternException(Location? at, string message) : Exception(message)
    {
        public Location? At { get; } = at;
    }

    /// <summary>The call of a function that was repaired, and whether it has what the engine reads and does not do: scopes of blocks.</summary>
    public static (CallExpression Call, bool IsNewer) CallOf(FunctionExpression function)
    {
        var repair = new TreeRepair();
        var call = Call(repair.Visit(function), function);
        return (call, repair._isNewer || !repair._names.AreAsVar);
    }

    /// <summary>Repairs a whole program of our own, in place.</summary>
    public static Tree Repaired(Tree program)
    {
        var repair = new TreeRepair();
        repair._temporaries.Push([]);
        program.Body = repair.VisitAll(program.Body);
        repair.Declare(program, program);
        return program;
    }

    private static CallExpression Call(string hostFunction, SyntaxNode at, params Expression[] arguments) =>
        Call(new Identifier { Type = SyntaxNodes.Identifier, Name = hostFunction, Location = at.Location, Range = at.Range }, at, arguments);

    private static CallExpression Call(Expression callee, SyntaxNode at, params Expression[] arguments) =>
        new() { Type = SyntaxNodes.CallExpression, Callee = callee, Arguments = arguments, Location = at.Location, Range = at.Range };

    private Expression Visit(Expression expression)
    {
        Enter(expression);
        var repaired = Repaired(expression);
        _depth--;
        return repaired;
    }

    private Expression? VisitOptional(Expression? expression) => expression is null ? null : Visit(expression);

    private void Enter(SyntaxNode node)
    {
        if (++_depth > MaxDepth)
            throw new TooDeepException(node.Location);
    }

    private Expression Repaired(Expression expression)
    {
        switch (expression)
        {
            case Literal literal:
                Number(literal);
                return literal.Type == SyntaxNodes.RegularExpressionLiteral ? Expression(literal) : literal;
            case Identifier identifier:
                _names.Use(identifier);
                return identifier;
            case BinaryExpression binary:
                return Binary(binary);
            case AssignmentExpression assignment:
                return Assignment(assignment);
            case UnaryExpression unary:
                if (unary.Operator is UnaryOperator.Increment or UnaryOperator.Decrement)
                    _names.Assign(unary.Argument);
                unary.Argument = Visit(unary.Argument);
                return Unary(unary);
            case MemberExpression member:
                return Member(member);
            case FunctionExpression function:
                function.Body = Function(function, function.Body);
                return function;
            default:
                Parts(expression);
                return expression;
        }
    }

    private void Parts(Expression expression)
    {
        switch (expression)
        {
            case ArrayExpression array:
                array.Elements = array.Elements.Select(VisitOptional).ToArray()!;
                break;
            case ObjectExpression @object:
                foreach (var property in @object.Properties)
                    property.Value = Visit(property.Value);
                break;
            case LogicalExpression logical:
                (logical.Left, logical.Right) = (Visit(logical.Left), Visit(logical.Right));
                break;
            case ConditionalExpression conditional:
                conditional.Test = Visit(conditional.Test);
                (conditional.Consequent, conditional.Alternate) = (Visit(conditional.Consequent), Visit(conditional.Alternate));
                break;
            case CallExpression call:
                (call.Callee, call.Arguments) = (Visit(call.Callee), call.Arguments.Select(Visit).ToArray());
                break;
            case NewExpression @new:
                (@new.Callee, @new.Arguments) = (Visit(@new.Callee), @new.Arguments.Select(Visit).ToArray());
                break;
            case SequenceExpression sequence:
                sequence.Expressions = sequence.Expressions.Select(Visit).ToArray();
                break;
            case VariableDeclarator declarator:
                declarator.Init = VisitOptional(declarator.Init);
                break;
        }
    }

    private static Expression Unary(UnaryExpression unary) => unary switch
    {
        { Operator: UnaryOperator.BitwiseNot } => Call(HostName.Not, unary, unary.Argument),
        { Operator: UnaryOperator.Plus } => Call(HostName.Plus, unary, unary.Argument),
        { Operator: UnaryOperator.Delete, Argument: MemberExpression member } => Call(HostName.Delete, unary, member.Object, member.Property),
        _ => unary,
    };

    private static CallExpression Expression(Literal literal)
    {
        var end = literal.Raw.LastIndexOf('/');
        try
        {
            Pattern.Of(literal.Raw[1..end], literal.Raw[(end + 1)..]);
        }
        catch (PatternException fault)
        {
            throw new BadPatternException(literal.Location, $"The regular expression {literal.Raw} cannot be read: {fault.Message}.");
        }

        return Call(HostName.Expression, literal, Text(literal));
    }

    private static Literal Text(Literal literal) =>
        new() { Type = SyntaxNodes.Literal, Value = literal.Raw, Raw = literal.Raw, Location = literal.Location, Range = literal.Range };

    // The engine reads 1.7976931348623157e308 as Infinity; .NET reads decimal literals as the standard does.
    private static void Number(Literal literal)
    {
        if (literal.Value is double && literal.Raw is { } raw && !raw.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(raw, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && (raw[0] != '0' || raw.Length == 1 || !char.IsAsciiDigit(raw[1])))
        {
            literal.Value = value;
        }
    }

    private Expression Binary(BinaryExpression binary)
    {
        (binary.Left, binary.Right) = (Visit(binary.Left), Visit(binary.Right));
        return HostName.Of(binary.Operator) is { } host ? Call(host, binary, binary.Left, binary.Right) : binary;
    }

    private MemberExpression Member(MemberExpression member)
    {
        member.Object = Visit(member.Object);
        if (member.Computed)
        {
            member.Property = Visit(member.Property);
        }
        else
        {
            member.Computed = true;
            member.Property = new PropertyName((Identifier)member.Property);
        }

        return member;
    }

    // left op= right is left = op(left, right), with the parts of left evaluated once and before right.
    private Expression Assignment(AssignmentExpression assignment)
    {
        _names.Assign(assignment.Left);
        // [a, b] = […] is read as giving a list a value.
        _isNewer |= assignment.Left is not (Identifier or MemberExpression);
        assignment.Left = Visit(assignment.Left);
        assignment.Right = Visit(assignment.Right);
        if (HostName.Of(assignment.Operator) is not { } host)
            return assignment;
        assignment.Operator = AssignmentOperator.Assign;
        if (assignment.Left is not MemberExpression member)
        {
            assignment.Right = Call(host, assignment, assignment.Left, assignment.Right);
            return assignment;
        }

        var holder = Temporary(member);
        var key = Temporary(member);
        assignment.Left = At(holder, key, member);
        assignment.Right = Call(host, assignment, At(holder, key, member), assignment.Right);
        return new SequenceExpression
        {
            Type = SyntaxNodes.SequenceExpression,
            Location = assignment.Location,
            Range = assignment.Range,
            Expressions = [Set(holder, member.Object), Set(key, Call(HostName.Key, member, member.Property)), assignment],
        };
    }

    private static MemberExpression At(Identifier holder, Identifier key, MemberExpression at) =>
        new() { Type = SyntaxNodes.MemberExpression, Object = holder, Property = key, Computed = true, Location = at.Location, Range = at.Range };

    private static AssignmentExpression Set(Identifier name, Expression value) =>
        new() { Type = SyntaxNodes.AssignmentExpression, Operator = AssignmentOperator.Assign, Left = name, Right = value, Location = value.Location, Range = value.Range };

    private Identifier Temporary(SyntaxNode at)
    {
        var name = new Identifier { Type = SyntaxNodes.Identifier, Name = $"#t{_counter++}", Location = at.Location, Range = at.Range };
        _temporaries.Peek().Add(new VariableDeclarator { Type = SyntaxNodes.VariableDeclarator, Id = name, Location = at.Location, Range = at.Range });
        return name;
    }

    private BlockStatement Function(IFunctionDeclaration function, Statement body)
    {
        _names.Declare(function.Id?.Name);
        foreach (var parameter in function.Parameters)
            _names.Declare(parameter.Name);
        var outer = _nesting;
        _nesting = 0;
        _temporaries.Push([]);
        Visit(body);
        _nesting = outer;
        Declare(function, body);
        var block = (BlockStatement)body;
        var guard = new ExpressionStatement
        {
            Type = SyntaxNodes.ExpressionStatement,
            Expression = Call(HostName.Stack, body),
            Location = body.Location,
            Range = body.Range,
        };
        block.Body = block.Body.Prepend(guard).ToArray();
        return block;
    }

    private void Declare(IVariableScope scope, SyntaxNode at)
    {
        var temporaries = _temporaries.Pop();
        if (temporaries.Count == 0)
            return;
        scope.VariableDeclarations.Add(new VariableDeclaration
        {
            Type = SyntaxNodes.VariableDeclaration,
            Kind = "var",
            Declarations = temporaries,
            Location = at.Location,
            Range = at.Range,
        });
    }
}
