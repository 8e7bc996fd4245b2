using ConnectorHub.Abstractions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A piece of a template. Closed.</summary>
internal abstract class TemplatePart
{
    private TemplatePart()
    {
    }

    /// <summary>Text as the admin wrote it.</summary>
    public sealed class Literal(string text) : TemplatePart
    {
        public string Text => text;
    }

    /// <summary>One <c>{{ }}</c>.</summary>
    public sealed class Placeholder(string source, Node node, ExpressionReader read) : TemplatePart
    {
        private readonly bool _percentEncoded = read.LastFilter is { Name: "url" };

        public string Source => source;

        public Node Node => node;

        public IReadOnlyList<PathUse> Paths { get; } = read.Paths;

        public bool IsRaw { get; } = read.IsRaw;

        public bool NeedsZone { get; } = read.NeedsZone;

        public Evaluated Evaluate(in Frame frame)
        {
            var result = node.Evaluate(frame);
            return result.Failure is { } failure
                ? failure with { Message = $"{{{{ {source} }}}}: {failure.Message}" }
                : result;
        }

        /// <summary>False where the recipe switched it off, or has percent-encoded the value itself.</summary>
        public bool IsEscaped(TextKind kind) => kind != TextKind.Plain && !IsRaw && !(kind == TextKind.UrlPart && _percentEncoded);

        public string Warning(Value found) =>
            $"{(Paths.Count > 0 ? Paths[0].Text : source)} is {(found.Kind == ValueKind.Null ? "null" : "missing")}: left empty";
    }
}
