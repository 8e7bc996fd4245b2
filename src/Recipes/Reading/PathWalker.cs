using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Where a path leaves a value.</summary>
/// <param name="Text">The path up to the first part that is not there.</param>
/// <param name="Hint">Nearest name with its value, or the names there are.</param>
internal sealed record PathGap(string Text, string Hint);

/// <summary>Follows a path through a sample part by part, to tell where it fails.</summary>
internal static class PathWalker
{
    /// <summary>Null where the value is there, or where the sample cannot tell: below null, below an empty list, behind a match.</summary>
    public static PathGap? Follow(Path path, Value root)
    {
        var parts = PathParts.Of(path);
        var above = root;
        for (var i = 1; i < parts.Count; i++)
        {
            if (above.IsMissingOrNull || (above.Kind == ValueKind.List && above.Count == 0) || parts[i].Prefix.EndsWith(']') && !parts[i].IsMember)
            {
                // An index, a match and [*] ask for items of which a sample shows only some.
                above = parts[i].Path.Resolve(root);
                if (above.IsMissingOrNull || above is { Kind: ValueKind.List, Count: 0 })
                {
                    return null;
                }

                continue;
            }

            var value = parts[i].Path.Resolve(root);
            if (value is { Kind: ValueKind.List, Count: 0 } && above.Kind == ValueKind.List || value.Kind == ValueKind.Missing)
            {
                return new PathGap(parts[i].Prefix, Hint(parts[i - 1].Prefix, parts[i].Name, above));
            }

            above = value;
        }

        return null;
    }

    private static string Hint(string prefix, string name, Value above)
    {
        var holder = above.Kind == ValueKind.List ? above.At(0) : above;
        var names = holder.Members.Select(member => member.Key).ToList();
        if (names.Count == 0)
        {
            return above.Kind == ValueKind.List ? " It is a list: use [0], .first or [*]." : $" '{prefix}' is {Shown(above)} there.";
        }

        if (above.Kind == ValueKind.List && holder.Member(name).Kind != ValueKind.Missing)
        {
            return $" '{prefix}' is a list: write {prefix}[0].{name}, or {prefix}[*].{name} for all.";
        }

        return Nearest.Of(name, names) is { } near
            ? $" Did you mean '{prefix}.{near}' (there {Shown(holder.Member(near))})?"
            : $" '{prefix}' has: {Words.List(names)}.";
    }

    private static string Shown(Value value) => value.Kind switch
    {
        ValueKind.Text => $"\"{Short(value.ToText())}\"",
        ValueKind.Null => "null",
        ValueKind.Map => "a map",
        ValueKind.List => "a list",
        _ => Short(value.ToText()),
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
