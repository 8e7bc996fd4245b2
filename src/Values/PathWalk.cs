namespace ConnectorHub.Values;

/// <summary>Follows the segments of a path through a value, to read or to change.</summary>
internal static class PathWalk
{
    public static Value Follow(Value value, ReadOnlySpan<PathSegment> segments)
    {
        for (var at = 0; at < segments.Length; at++)
        {
            if (segments[at] is PathSegment.All)
            {
                return value.IsMissingOrNull ? Value.Missing : Each(value, segments[(at + 1)..]);
            }

            value = Step(value, segments[at]);
            if (value.Kind == ValueKind.Missing)
            {
                return value;
            }
        }

        return value;
    }

    public static Value? Change(Value value, ReadOnlySpan<PathSegment> segments, Value replacement)
    {
        if (segments.Length == 0)
        {
            return replacement;
        }

        return segments[0] switch
        {
            PathSegment.Name name => ChangeMember(value, name.Text, segments[1..], replacement),
            PathSegment.Index index => ChangeItem(value, index.Place, segments[1..], replacement),
            PathSegment.Match match => ChangeItem(value, PlaceOf(value, match), segments[1..], replacement),
            _ => ChangeAll(value, segments[1..], replacement),
        };
    }

    private static Value Step(Value value, PathSegment segment) => segment switch
    {
        PathSegment.Name { Plain: true } name when value.Kind == ValueKind.List => OfList(value, name.Text),
        PathSegment.Name { Plain: true, Text: "count" } when value.Kind == ValueKind.Map => CountOf(value),
        PathSegment.Name name => value.Member(name.Text),
        PathSegment.Index index => value.At(index.Place),
        PathSegment.Match match => value.At(PlaceOf(value, match)),
        _ => Value.Missing,
    };

    private static Value OfList(Value list, string name) => name switch
    {
        "first" => list.At(0),
        "last" => list.At(list.Count - 1),
        "count" => Value.Number(list.Count),
        _ => Value.Missing,
    };

    private static Value CountOf(Value map) => map.Member("count") is { Kind: not ValueKind.Missing } own ? own : Value.Number(map.Count);

    // Lists of lists become one list, as in contacts[*].fields[title='Email'].values[*].
    private static Value Each(Value value, ReadOnlySpan<PathSegment> rest)
    {
        var found = new List<Value>();
        var deeper = Contains(rest);
        foreach (var item in value.Kind == ValueKind.Map ? value.Members.Select(member => member.Value) : value.Items)
        {
            var result = Follow(item, rest);
            if (deeper && result.Kind == ValueKind.List)
            {
                found.AddRange(result.Items);
            }
            else if (result.Kind != ValueKind.Missing)
            {
                found.Add(result);
            }
        }

        return Value.List(found);
    }

    private static bool Contains(ReadOnlySpan<PathSegment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment is PathSegment.All)
            {
                return true;
            }
        }

        return false;
    }

    private static int PlaceOf(Value list, PathSegment.Match match)
    {
        var items = list.Items;
        for (var place = 0; place < items.Count; place++)
        {
            var member = items[place];
            foreach (var name in match.Key)
            {
                member = member.Member(name);
            }

            if (ValueComparison.Same(member, match.Expected, exactly: true))
            {
                return place;
            }
        }

        return -1;
    }

    private static Value? ChangeMember(Value value, string name, ReadOnlySpan<PathSegment> rest, Value replacement)
    {
        if (value.Kind is not (ValueKind.Map or ValueKind.Missing or ValueKind.Null))
        {
            return null;
        }

        var changed = Change(value.Member(name), rest, replacement);
        return changed is null ? null : Value.Map(value.Members.Append(new(name, changed)));
    }

    private static Value? ChangeItem(Value value, int place, ReadOnlySpan<PathSegment> rest, Value replacement)
    {
        var fits = value.Kind is ValueKind.List or ValueKind.Missing or ValueKind.Null;
        if (!fits || place < 0 || place > value.Count || Change(value.At(place), rest, replacement) is not { } changed)
        {
            return null;
        }

        return Value.List([.. value.Items.Take(place), changed, .. value.Items.Skip(place + 1)]);
    }

    private static Value? ChangeAll(Value value, ReadOnlySpan<PathSegment> rest, Value replacement)
    {
        if (value.Kind != ValueKind.List)
        {
            return null;
        }

        var items = new List<Value>();
        foreach (var item in value.Items)
        {
            if (Change(item, rest, replacement) is not { } changed)
            {
                return null;
            }

            items.Add(changed);
        }

        return Value.List(items);
    }
}
