using ConnectorHub.Abstractions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Cuts a text into its own words and its placeholders.</summary>
internal sealed class TemplateReader(string text)
{
    private readonly List<TemplatePart> _parts = [];
    private readonly List<SyntaxProblem> _problems = [];

    public TemplateParse Read(TextKind kind)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open != at)
            {
                _parts.Add(new TemplatePart.Literal(open < 0 ? text[at..] : text[at..open]));
            }

            at = open < 0 ? text.Length : Placeholder(open);
        }

        return _problems.Count > 0 ? new TemplateParse(null, _problems) : new TemplateParse(new Template(text, kind, _parts), []);
    }

    // Returns where the text goes on.
    private int Placeholder(int open)
    {
        var reader = new ExpressionReader(text, open + 2, allowRaw: true);
        var node = reader.Read();
        var close = reader.Position;
        var closed = string.CompareOrdinal(text, close, "}}", 0, 2) == 0;
        if (node is null || !closed)
        {
            return Broken(open, reader);
        }

        _parts.Add(new TemplatePart.Placeholder(text[(open + 2)..close].Trim(), node, reader));
        return close + 2;
    }

    private int Broken(int open, ExpressionReader reader)
    {
        var next = text.IndexOf("}}", Math.Min(open + 2, text.Length), StringComparison.Ordinal);
        if (next < 0)
        {
            _problems.Add(new SyntaxProblem(open, "'{{' is not closed.", "Close it with '}}'; for two braces as text write {{ '{{' }}."));
        }
        else if (text.AsSpan(open + 2, next - open - 2).IsWhiteSpace())
        {
            _problems.Add(new SyntaxProblem(open, "The placeholder is empty.", "Write a path such as {{ event.name }}; for two braces as text write {{ '{{' }}."));
        }
        else
        {
            _problems.Add(reader.Problem ?? reader.Unexpected("'|', '??' or '}}' follows a value"));
        }

        return next < 0 ? text.Length : next + 2;
    }
}
