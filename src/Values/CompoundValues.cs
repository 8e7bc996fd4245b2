using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ConnectorHub.Values;

internal sealed class ListValue(IReadOnlyList<Value> items) : Value
{
    public override ValueKind Kind => ValueKind.List;

    public override long Weight { get; } = 2 + items.Sum(item => item.Weight + 1);

    public override IReadOnlyList<Value> Items => items;

    public override int Count => items.Count;

    public override Value At(int index) => index >= 0 && index < items.Count ? items[index] : Missing;

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    public override string ToText() => Encoding.UTF8.GetString(ToUtf8Json());
}

internal sealed class MapValue : Value
{
    private readonly OrderedDictionary<string, Value> _members = new(StringComparer.Ordinal);

    public MapValue(IEnumerable<KeyValuePair<string, Value>> members)
    {
        foreach (var (name, value) in members)
        {
            _members[name] = value;
            Weight += name.Length + value.Weight + 4;
        }
    }

    public override ValueKind Kind => ValueKind.Map;

    public override long Weight { get; } = 2;

    public override IEnumerable<KeyValuePair<string, Value>> Members => _members;

    public override int Count => _members.Count;

    public override Value Member(string name) => _members.TryGetValue(name, out var value) ? value : Missing;

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members)
        {
            if (value.Kind != ValueKind.Missing)
            {
                writer.WritePropertyName(JsonReading.Whole(name));
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    public override string ToText() => Encoding.UTF8.GetString(ToUtf8Json());
}

/// <summary>A list or map that is still JSON: an event is rarely read whole.</summary>
internal sealed class JsonCompound(JsonElement element) : Value
{
    private Value[]? _items;

    public override ValueKind Kind => element.ValueKind == JsonValueKind.Array ? ValueKind.List : ValueKind.Map;

    public override long Weight => JsonMarshal.GetRawUtf8Value(element).Length;

    public override IReadOnlyList<Value> Items => Kind == ValueKind.List ? _items ??= ReadItems() : [];

    public override IEnumerable<KeyValuePair<string, Value>> Members => Kind == ValueKind.Map ? ReadMembers() : [];

    public override int Count => Kind == ValueKind.List ? element.GetArrayLength() : element.GetPropertyCount();

    public override Value Member(string name) =>
        Kind == ValueKind.Map && element.TryGetProperty(JsonReading.Whole(name), out var found) ? JsonReading.WrapClean(found) : Missing;

    public override Value At(int index) => Kind == ValueKind.List && index >= 0 && index < Items.Count ? Items[index] : Missing;

    public override void WriteTo(Utf8JsonWriter writer) => element.WriteTo(writer);

    public override string ToText() => Encoding.UTF8.GetString(ToUtf8Json());

    private Value[] ReadItems()
    {
        var items = new Value[element.GetArrayLength()];
        var place = 0;
        foreach (var item in element.EnumerateArray())
        {
            items[place++] = JsonReading.WrapClean(item);
        }

        return items;
    }

    private IEnumerable<KeyValuePair<string, Value>> ReadMembers()
    {
        foreach (var property in element.EnumerateObject())
        {
            yield return new(property.Name, JsonReading.WrapClean(property.Value));
        }
    }
}
