namespace ConnectorHub.Values.Filters;

/// <summary>A path inside an item of a list: its root is a member of the item.</summary>
internal sealed class ItemPath(Path path)
{
    /// <summary>The two paths of as_map.</summary>
    public sealed record Pair(ItemPath Key, ItemPath Value);

    public Value Of(Value item) => path.Resolve(item.Member(path.Root));

    public static Preparation Prepare(IReadOnlyList<Value?> arguments, string filter)
    {
        if (arguments.Count == 0 || arguments[0] is not { IsMissingOrNull: false } text)
        {
            return default;
        }

        return Read(text.ToText(), filter, out var failure) is { } read ? Preparation.Of(read) : failure;
    }

    public static Preparation PreparePair(IReadOnlyList<Value?> arguments)
    {
        if (arguments[0] is not { } key || arguments[1] is not { } value)
        {
            return default;
        }

        if (Read(key.ToText(), "as_map", out var failure) is not { } keyPath || Read(value.ToText(), "as_map", out failure) is not { } valuePath)
        {
            return failure;
        }

        return Preparation.Of(new Pair(keyPath, valuePath));
    }

    private static ItemPath? Read(string text, string filter, out Preparation failure)
    {
        failure = default;
        if (Path.TryParse(text, out var path, out var problem))
        {
            return new ItemPath(path);
        }

        failure = Preparation.Fail($"'{filter}' got '{Messages.Cut(text)}', which is no path: {problem.Message}");
        return null;
    }
}
