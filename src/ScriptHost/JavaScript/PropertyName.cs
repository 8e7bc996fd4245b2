using Jint.Parser.Ast;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>The name after a dot, as a computed key: the engine then knows its place, and need not build one each time.</summary>
internal sealed class PropertyName : Literal
{
    public PropertyName(Identifier identifier)
    {
        Type = SyntaxNodes.Literal;
        Name = identifier.Name;
        Value = identifier.Name;
        Raw = identifier.Name;
        Location = identifier.Location;
        Range = identifier.Range;
    }

    public string Name { get; }
}
