using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>The value a condition is about, and where its text ends.</summary>
internal sealed record LeftSide(Node Node, string Source, int End, IReadOnlyList<PathUse> Paths, bool NeedsZone)
{
    /// <summary>Reads a path with filters, with or without <c>{{ }}</c> around it.</summary>
    public static LeftSide? Read(string sentence, out SyntaxProblem? problem)
    {
        var start = sentence.Length - sentence.AsSpan().TrimStart().Length;
        var braces = string.CompareOrdinal(sentence, start, "{{", 0, 2) == 0;
        var from = braces ? start + 2 : start;
        var reader = new ExpressionReader(sentence, from, allowRaw: false);
        var node = reader.Read();
        problem = reader.Problem;
        var end = reader.Position;
        if (node is null)
        {
            return null;
        }

        if (braces && string.CompareOrdinal(sentence, end, "}}", 0, 2) != 0)
        {
            problem = reader.Unexpected("'|', '??' or '}}' follows a value");
            return null;
        }

        if (reader.Paths.Count == 0)
        {
            problem = new SyntaxProblem(start, "A condition begins with a path, such as event.member.status.", "Turn the sentence round, or quote what is meant as text on the right.");
            return null;
        }

        return new LeftSide(node, sentence[from..end].Trim(), braces ? end + 2 : end, reader.Paths, reader.NeedsZone);
    }
}
