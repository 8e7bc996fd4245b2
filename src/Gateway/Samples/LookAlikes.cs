using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Gateway.Samples;

/// <summary>
/// Makes a sample that can be shared out of a real event: people, addresses, ids and keys become look-alikes, the same one each time they
/// occur, so that the event stays true to its shape. What it cannot know (a name inside a headline) it keeps and lists.
/// </summary>
internal sealed class LookAlikes
{
    // Kinds of custom fields stand beside their values: { "title": "Email", "values": ["…"] }.
    private static readonly string[] Labels = ["title", "question", "label"];

    private readonly StandIns _standIns = new();
    private readonly List<string> _kept = [];

    private LookAlikes()
    {
    }

    /// <summary>The event with look-alikes, and the paths of texts that were kept as they are.</summary>
    public static (string Json, IReadOnlyList<string> Kept) Of(JsonElement body)
    {
        var replacing = new LookAlikes();
        var root = JsonNode.Parse(body.GetRawText());
        // First who occurs, then everywhere they occur: a name may stand in a title before its field comes.
        replacing.Meet(root, string.Empty, person: false);
        var replaced = replacing.Replace(root, string.Empty, string.Empty, person: false);
        return (replaced?.ToJsonString(Written) ?? "null", replacing._kept);
    }

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private void Meet(JsonNode? node, string name, bool person)
    {
        switch (node)
        {
            case JsonObject map:
                var about = IsPerson(map);
                foreach (var (member, value) in map)
                {
                    Meet(value, member, about);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Meet(item, name, person);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && FieldKinds.Of(name, person) == FieldKind.Name:
                _standIns.Name(name, value.GetValue<string>());
                break;
            default:
                break;
        }
    }

    private JsonNode? Replace(JsonNode? node, string name, string path, bool person) => node switch
    {
        JsonObject map => Replace(map, path),
        JsonArray list => new JsonArray([.. list.Select((item, index) => Replace(item, name, $"{path}[{index}]", person))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Text(value.GetValue<string>(), name, path, person)),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value, name),
        _ => node?.DeepClone(),
    };

    private JsonObject Replace(JsonObject map, string path)
    {
        var about = IsPerson(map);
        var label = Labels.Select(key => map[key]).OfType<JsonValue>().FirstOrDefault(value => value.GetValueKind() == JsonValueKind.String)?.GetValue<string>();
        var replaced = new JsonObject();
        foreach (var (member, value) in map)
        {
            var named = label is not null && member is "value" or "values" or "answer" ? FieldKinds.AnswerTo(label!) : member;
            replaced[member] = Replace(value, named, path.Length == 0 ? member : $"{path}.{member}", about);
        }

        return replaced;
    }

    private string Text(string text, string name, string path, bool person)
    {
        var replaced = FieldKinds.Of(name, person) switch
        {
            _ when text.Length == 0 => text,
            FieldKind.Name => _standIns.Name(name, text),
            FieldKind.Phone => _standIns.Digits(text),
            FieldKind.Key => _standIns.Key(text),
            FieldKind.Address => _standIns.Address(name, text),
            FieldKind.FreeText => _standIns.FreeText(text),
            _ => text,
        };
        replaced = _standIns.Within(replaced);
        if (replaced == text && text.Any(char.IsLetter) && !FieldKinds.IsPlain(text))
        {
            _kept.Add(path);
        }

        return replaced;
    }

    private static JsonNode Number(JsonValue value, string name) => FieldKinds.Of(name, person: false) switch
    {
        FieldKind.Position => JsonValue.Create(1.5),
        _ => value.DeepClone(),
    };

    private static bool IsPerson(JsonObject map) =>
        map.Any(member => FieldKinds.IsMail(member.Key) || FieldKinds.Of(member.Key, person: false) == FieldKind.Name);
}
