namespace ConnectorHub.Values.Filters;

/// <summary>Lists and maps.</summary>
internal static class ListFilters
{
    private const string Group = "lists";
    private const string People = """{"people":[{"id":"a1","role":"host","mail":"ada@acme.example"},{"id":"b2","role":"participant","mail":"ben@acme.example"}]}""";

    public static IReadOnlyList<FilterDefinition> All { get; } =
    [
        new(Group, "first", Kinds.List, Kinds.Any, "The first item; missing where there is none.", new("{{ event.people | first | json }}", """{"people":[1,2]}""", "1"), First),
        new(Group, "last", Kinds.List, Kinds.Any, "The last item; missing where there is none.", new("{{ event.people | last | json }}", """{"people":[1,2]}""", "2"), Last),
        new(Group, "count", Kinds.List | Kinds.Map | Kinds.Text, Kinds.Number, "How many items, members or letters.", new("{{ event.people | count }}", People, "2"), Count),
        new(Group, "map", Kinds.List, Kinds.List, "What each item has at a path; items without it are passed over.", new("{{ event.people | map('mail') | join }}", People, "ada@acme.example, ben@acme.example"), Map)
        {
            Parameters = [new("path", Kinds.Text, "A path inside an item: address.city.")],
            Prepare = arguments => ItemPath.Prepare(arguments, "map"),
        },
        new(Group, "where", Kinds.List, Kinds.List, "The items that have a value at a path; without a value, the items that have anything there.", new("{{ event.people | where('role', 'host') | count }}", People, "1"), Where)
        {
            Parameters = [new("path", Kinds.Text, "A path inside an item."), new("value", Kinds.Any, "Compared like 'is', without case.", Optional: true)],
            Prepare = arguments => ItemPath.Prepare(arguments, "where"),
        },
        new(Group, "unique", Kinds.List, Kinds.List, "Each item once; with a path, each value at that path once. The first one stays.", new("{{ event.tags | unique | join }}", """{"tags":["a","b","a"]}""", "a, b"), Unique)
        {
            Parameters = [new("path", Kinds.Text, "A path inside an item.", Optional: true)],
            Prepare = arguments => ItemPath.Prepare(arguments, "unique"),
        },
        new(Group, "concat", Kinds.List, Kinds.List, "The items of both lists; a value that is no list is added as one item.", new("{{ event.tags | concat('vip') | join }}", """{"tags":["a","b"]}""", "a, b, vip"), Concat)
        {
            Parameters = [new("other", Kinds.Any, "A list or one value; nothing where it is missing.", TakesNothing: true)],
        },
        new(Group, "flatten", Kinds.List, Kinds.List, "One list of a list of lists.", new("{{ event.rows | flatten | join }}", """{"rows":[[1,2],[3]]}""", "1, 2, 3"), Flatten),
        new(Group, "as_map", Kinds.List, Kinds.Map, "A map of a list of pairs: what each item has at one path under what it has at another.", new("{{ event.people | as_map('id', 'mail') | json }}", People, """{"a1":"ada@acme.example","b2":"ben@acme.example"}"""), AsMap)
        {
            Parameters = [new("key", Kinds.Text, "The path of the name."), new("value", Kinds.Text, "The path of the value.")],
            Prepare = ItemPath.PreparePair,
        },
        new(Group, "lookup", Kinds.Scalar, Kinds.Any, "What a map has under this name, with or without case; missing where it has nothing.", new("{{ 'fr' | lookup(event.names) }}", """{"names":{"FR":"France"}}""", "France"), Lookup)
        {
            Parameters = [new("map", Kinds.Map, "A map, such as shared.countries.")],
        },
    ];

    private static FilterResult First(in FilterCall call) => call.Input.At(0);

    private static FilterResult Last(in FilterCall call) => call.Input.At(call.Input.Count - 1);

    private static FilterResult Count(in FilterCall call) =>
        Value.Number(call.Input.Kind == ValueKind.Text ? call.Input.ToText().Length : call.Input.Count);

    private static FilterResult Map(in FilterCall call)
    {
        if (call.Prepared<ItemPath>(out var problem) is not { } path)
        {
            return problem!;
        }

        return Value.List([.. call.Input.Items.Select(path.Of).Where(value => value.Kind != ValueKind.Missing)]);
    }

    private static FilterResult Where(in FilterCall call)
    {
        if (call.Prepared<ItemPath>(out var problem) is not { } path)
        {
            return problem!;
        }

        if (!call.Has(1))
        {
            return Value.List([.. call.Input.Items.Where(item => !path.Of(item).IsMissingOrNull)]);
        }

        // A value that turned out missing is had by no item, not by all.
        var wanted = call.Argument(1);
        return Value.List([.. call.Input.Items.Where(item => wanted is not null && ValueComparison.Same(path.Of(item), wanted, exactly: false))]);
    }

    private static FilterResult Unique(in FilterCall call)
    {
        ItemPath? path = null;
        if (call.Argument(0) is not null && (path = call.Prepared<ItemPath>(out var problem)) is null)
        {
            return problem!;
        }

        return Value.List([.. call.Input.Items.DistinctBy(item => path is null ? item : path.Of(item))]);
    }

    private static FilterResult Concat(in FilterCall call)
    {
        if (call.Argument(0) is not { } other)
        {
            return call.Input;
        }

        return Value.List(other.Kind == ValueKind.List ? [.. call.Input.Items, .. other.Items] : [.. call.Input.Items, other]);
    }

    private static FilterResult Flatten(in FilterCall call) =>
        Value.List([.. call.Input.Items.SelectMany(item => item.Kind == ValueKind.List ? item.Items : [item])]);

    private static FilterResult AsMap(in FilterCall call)
    {
        if (call.Prepared<ItemPath.Pair>(out var problem) is not { } pair)
        {
            return problem!;
        }

        return Value.Map(call.Input.Items
            .Where(item => !pair.Key.Of(item).IsMissingOrNull)
            .Select(item => KeyValuePair.Create(pair.Key.Of(item).ToText(), pair.Value.Of(item))));
    }

    private static FilterResult Lookup(in FilterCall call)
    {
        var map = call.Argument(0) ?? Value.Missing;
        var name = call.Input.ToText();
        if (map.Member(name) is { Kind: not ValueKind.Missing } found)
        {
            return found;
        }

        foreach (var (member, value) in map.Members)
        {
            if (string.Equals(member, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return Value.Missing;
    }
}
