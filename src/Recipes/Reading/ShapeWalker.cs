using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Follows a path through the shape of an event, which knows all bodies that were seen: unlike one sample, it can judge any item of a list.</summary>
internal static class ShapeWalker
{
    private const JsonKinds Scalar = JsonKinds.Boolean | JsonKinds.Number | JsonKinds.Text;
    private const JsonKinds Several = JsonKinds.List | JsonKinds.Map;

    /// <summary>Null where such a value may be there, or where the shape cannot tell: below null, or in a list that was always empty.</summary>
    public static PathGap? Follow(Path path, JsonShape root)
    {
        var parts = PathParts.Of(path);
        var above = root;
        for (var i = 1; i < parts.Count; i++)
        {
            if ((above.Kinds & ~JsonKinds.Null) == JsonKinds.None)
            {
                return null;
            }

            var part = parts[i];
            if ((part.IsMember ? Member(above, part.Name) : above.Items) is { } below)
            {
                above = below;
                continue;
            }

            var cannotTell = part.IsMember ? IsOfList(above, part.Name) : (above.Kinds & Several) != JsonKinds.None;
            return cannotTell ? null : new PathGap(part.Prefix, Hint(parts[i - 1].Prefix, part.Name, above));
        }

        return null;
    }

    private static JsonShape? Member(JsonShape above, string name) =>
        above.Members.TryGetValue(name, out var member) ? member
        : above.Kinds.HasFlag(JsonKinds.List) && name is "first" or "last" ? above.Items
        : null;

    // What is asked of the list itself, and what a list that was always empty cannot tell.
    private static bool IsOfList(JsonShape above, string name) =>
        (name == "count" && (above.Kinds & Several) != JsonKinds.None)
        || (above.Kinds.HasFlag(JsonKinds.List) && name is "first" or "last");

    private static string Hint(string prefix, string name, JsonShape above)
    {
        var list = above.Kinds.HasFlag(JsonKinds.List);
        var holder = list && above.Members.Count == 0 ? above.Items : above;
        var names = holder?.Members.Keys.ToList() ?? [];
        if (names.Count == 0)
        {
            return list ? " It is a list: use [0], .first or [*]." : $" '{prefix}' is {Shown(above)} there.";
        }

        if (list && names.Contains(name))
        {
            return $" '{prefix}' is a list: write {prefix}[0].{name}, or {prefix}[*].{name} for all.";
        }

        return Nearest.Of(name, names) is { } near
            ? $" Did you mean '{prefix}.{near}' (there {Shown(holder!.Members[near])})?"
            : Deeper(prefix, name, holder!, 3) is { } deeper
                ? $" Did you mean '{deeper}'?"
                : $" '{prefix}' has: {Words.List(names)}.";
    }

    /// <summary>The same name a few levels further down, where a level was forgotten.</summary>
    private static string? Deeper(string prefix, string name, JsonShape above, int levels)
    {
        foreach (var (below, shape) in above.Members)
        {
            if (shape.Members.ContainsKey(name) && !shape.Kinds.HasFlag(JsonKinds.List))
            {
                return $"{prefix}.{below}.{name}";
            }
        }

        return levels == 0 ? null : above.Members.Select(member => Deeper($"{prefix}.{member.Key}", name, member.Value, levels - 1)).FirstOrDefault(found => found is not null);
    }

    private static string Shown(JsonShape shape) => shape switch
    {
        { Kinds: var kinds } when kinds.HasFlag(JsonKinds.Map) => "a map",
        { Kinds: var kinds } when kinds.HasFlag(JsonKinds.List) => "a list",
        { Example: { } example, Kinds: var kinds } when (kinds & Scalar) == JsonKinds.Text => $"\"{Short(example)}\"",
        { Example: { } example } => Short(example),
        _ => "null",
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
