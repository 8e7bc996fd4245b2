using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>One part of a path with all before it.</summary>
/// <param name="Prefix">The path's text up to here.</param>
/// <param name="Name">The part's own name, where it is a member.</param>
/// <param name="IsMember">False for an index, a match and <c>[*]</c>.</param>
internal sealed record PathPart(string Prefix, string Name, bool IsMember, Path Path);

internal static class PathParts
{
    /// <summary>The parts of a path; the first is its root.</summary>
    public static IReadOnlyList<PathPart> Of(Path path)
    {
        var parts = new List<PathPart>();
        var start = 0;
        var quoted = false;
        var bracket = false;
        for (var i = 1; i <= path.Text.Length; i++)
        {
            var c = i < path.Text.Length ? path.Text[i] : '.';
            var inside = bracket;
            quoted ^= inside && c == '\'';
            bracket = quoted || (inside ? c != ']' : c == '[');
            if (inside || c is not ('.' or '['))
            {
                continue;
            }

            if (Path.TryParse(path.Text[..i], out var prefix, out _))
            {
                parts.Add(Part(path.Text[..i], path.Text[start..i], prefix));
            }

            start = i;
        }

        return parts;
    }

    /// <summary>The member at a place, or null where that part is none.</summary>
    public static string? Member(IReadOnlyList<PathPart> parts, int index) =>
        index < parts.Count && parts[index].IsMember ? parts[index].Name : null;

    private static PathPart Part(string prefix, string part, Path path)
    {
        if (!part.StartsWith('['))
        {
            return new PathPart(prefix, part.TrimStart('.'), true, path);
        }

        var inner = part[1..].TrimEnd(']').Trim();
        return inner.StartsWith('\'')
            ? new PathPart(prefix, inner.Trim('\'').Replace("''", "'", StringComparison.Ordinal), true, path)
            : new PathPart(prefix, "", false, path);
    }
}
