using System.Diagnostics.CodeAnalysis;

namespace ConnectorHub.Values;

/// <summary>
/// Where a value stands: <c>event.member.email</c>, <c>items[0]</c>, <c>['odd key']</c>, <c>.first .last .count</c>,
/// <c>fields[id='email'].value</c> (first match), <c>contacts[*].email</c> (all).
/// </summary>
public sealed class Path
{
    private readonly PathSegment[] _segments;

    internal Path(string text, string root, PathSegment[] segments)
    {
        Text = text;
        Root = root;
        _segments = segments;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Its first name, the one that a scope answers.</summary>
    public string Root { get; }

    /// <summary>True where nothing follows the root.</summary>
    public bool IsRootOnly => _segments.Length == 0;

    /// <summary>True where it names one place: no <c>[*]</c>.</summary>
    public bool IsSingle => !_segments.Any(segment => segment is PathSegment.All);

    internal IReadOnlyList<PathSegment> Segments => _segments;

    /// <summary>Reads a whole text as one path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Path? path, [NotNullWhen(false)] out SyntaxProblem? problem)
    {
        var position = 0;
        if (!TryParseAt(text, ref position, out path, out problem))
        {
            return false;
        }

        if (position == text.Length)
        {
            return true;
        }

        problem = new SyntaxProblem(position, $"'{text[position]}' cannot follow '{path.Text}'; a path goes on with '.name' or '[…]'.", null);
        path = null;
        return false;
    }

    /// <summary>Reads a path that begins at <paramref name="position"/> and moves it behind the path.</summary>
    public static bool TryParseAt(string text, ref int position, [NotNullWhen(true)] out Path? path, [NotNullWhen(false)] out SyntaxProblem? problem)
    {
        var reader = new PathReader(text, position);
        path = reader.Read();
        problem = reader.Problem;
        position = reader.Position;
        return path is not null;
    }

    /// <summary>What stands there, where <paramref name="root"/> is the value of the name <see cref="Root"/>; Missing where there is nothing.</summary>
    public Value Resolve(Value root) => PathWalk.Follow(root, _segments);

    /// <summary>
    /// <paramref name="root"/> with another value at this place. Maps on the way are made where they are missing; a list takes an index
    /// that it has or the one behind its last. Null where the place cannot exist (a member of a text, a match without an item).
    /// </summary>
    public Value? Change(Value root, Value replacement) => PathWalk.Change(root, _segments, replacement);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
