using Jint.Parser;
using Jint.Parser.Ast;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// Tells whether let and const may be read as var, as the engine reads them: declared once, directly in a function, used only after that,
/// and never assigned to where constant. Anything else is left to the lowering.
/// </summary>
internal sealed class BlockNames
{
    private readonly Dictionary<string, int> _declarations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Position> _firstUse = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly List<(VariableDeclarator Declarator, bool IsConstant)> _ofBlocks = [];
    private bool _nested;

    public bool AreAsVar => !_nested && _ofBlocks.TrueForAll(IsAsVar);

    public void Declare(string? name)
    {
        if (name is not null)
            _declarations[name] = _declarations.GetValueOrDefault(name) + 1;
    }

    /// <param name="isDirect">It stands in the body of a function, not in a block or loop of it.</param>
    public void Declare(VariableDeclaration declaration, bool isDirect)
    {
        foreach (var declarator in declaration.Declarations)
        {
            Declare(declarator.Id.Name);
            if (declaration.Kind == "var")
                continue;
            _nested |= !isDirect;
            _ofBlocks.Add((declarator, declaration.Kind == "const"));
        }
    }

    public void Use(Identifier identifier)
    {
        // The tree is walked in another order than it is written.
        if (identifier.Location is { } location && (!_firstUse.TryGetValue(identifier.Name, out var first) || IsBefore(location.Start, first)))
            _firstUse[identifier.Name] = location.Start;
    }

    public void Assign(SyntaxNode? target)
    {
        if (target is Identifier identifier)
            _assigned.Add(identifier.Name);
    }

    private bool IsAsVar((VariableDeclarator Declarator, bool IsConstant) declared)
    {
        var (name, end) = (declared.Declarator.Id.Name, declared.Declarator.Location.End);
        return _declarations[name] == 1
            && !(_firstUse.TryGetValue(name, out var first) && IsBefore(first, end))
            && !(declared.IsConstant && (declared.Declarator.Init is null || _assigned.Contains(name)));
    }

    private static bool IsBefore(Position one, Position other) => (one.Line, one.Column).CompareTo((other.Line, other.Column)) < 0;
}
