using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>Kinds of JSON values.</summary>
[Flags]
public enum JsonKinds
{
    /// <summary>Never seen.</summary>
    None = 0,

    /// <summary>null.</summary>
    Null = 1,

    /// <summary>true or false.</summary>
    Boolean = 2,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary>A text.</summary>
    Text = 8,

    /// <summary>A list.</summary>
    List = 16,

    /// <summary>A map.</summary>
    Map = 32,
}

/// <summary>What is known of a value from all the bodies it was seen in: its kinds, its members, what its lists hold.</summary>
public sealed class JsonShape
{
    private readonly OrderedDictionary<string, JsonShape> _members = new(StringComparer.Ordinal);

    private JsonShape()
    {
    }

    /// <summary>Every kind it was seen as.</summary>
    public JsonKinds Kinds { get; private set; }

    /// <summary>Members by name, in the order they were first seen; empty where it was never a map.</summary>
    public IReadOnlyDictionary<string, JsonShape> Members => _members;

    /// <summary>What its lists hold, all items in one; null where no list had an item.</summary>
    public JsonShape? Items { get; private set; }

    /// <summary>A scalar it was seen as, as written; null where there was none but null.</summary>
    public string? Example { get; private set; }

    /// <summary>The shape of some bodies taken together.</summary>
    public static JsonShape Of(IEnumerable<JsonElement> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var shape = new JsonShape();
        foreach (var body in bodies)
        {
            shape.Add(body);
        }

        return shape;
    }

    private void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Kinds |= JsonKinds.Map;
                foreach (var member in value.EnumerateObject())
                {
                    Member(member.Name).Add(member.Value);
                }

                break;
            case JsonValueKind.Array:
                Kinds |= JsonKinds.List;
                foreach (var item in value.EnumerateArray())
                {
                    Items ??= new JsonShape();
                    Items.Add(item);
                }

                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                Kinds |= JsonKinds.Null;
                break;
            default:
                Kinds |= value.ValueKind switch
                {
                    JsonValueKind.Number => JsonKinds.Number,
                    JsonValueKind.String => JsonKinds.Text,
                    _ => JsonKinds.Boolean,
                };
                Example ??= value.ToString();
                break;
        }
    }

    private JsonShape Member(string name)
    {
        if (!_members.TryGetValue(name, out var member))
        {
            _members.Add(name, member = new JsonShape());
        }

        return member;
    }
}
