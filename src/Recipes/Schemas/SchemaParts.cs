using System.Text.Json.Nodes;
using ConnectorHub.Recipes.Reading;

namespace ConnectorHub.Recipes.Schemas;

/// <summary>Pieces that schemas are made of.</summary>
internal static class SchemaParts
{
    /// <summary>A map with the keys of one place of a recipe, each with its sentence.</summary>
    /// <param name="values">What stands behind a key where that is not the same everywhere.</param>
    public static JsonObject Map(Keys keys, IReadOnlyDictionary<string, string> guide, IReadOnlyDictionary<string, JsonNode> values)
    {
        var common = OfAll();
        var properties = new JsonObject();
        foreach (var key in keys.Allowed)
        {
            var value = values.GetValueOrDefault(key) ?? common.GetValueOrDefault(key) ?? new JsonObject();
            properties[key] = Described(value, guide.GetValueOrDefault(key));
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. keys.Required.Select(key => (JsonNode)key)]),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    /// <summary>What stands behind a key wherever it is allowed.</summary>
    public static Dictionary<string, JsonNode> OfAll() => new(StringComparer.Ordinal)
    {
        ["name"] = Text(),
        ["about"] = Text(),
        ["owner"] = Text(),
        ["id"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]*$" },
        ["if"] = Any(Text(), Ref("condition"), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Ref("condition") }),
        ["let"] = MapOfAny(),
        ["retry"] = new JsonObject { ["type"] = "array", ["maxItems"] = 50, ["items"] = Ref("duration") },
        ["timeout"] = Ref("duration"),
        ["within"] = Ref("duration"),
        ["every"] = Ref("duration"),
        ["too_late_after"] = Ref("duration"),
        ["zone"] = Text(),
        ["connection"] = Text(),
        ["key"] = Scalar(),
        ["each_key"] = Scalar(),
        ["for_each"] = Any(Placeholder(), new JsonObject { ["type"] = "array" }, Script()),
        ["strict"] = new JsonObject { ["type"] = "boolean" },
        ["continue_on_error"] = new JsonObject { ["type"] = "boolean" },
        ["repeat"] = Words("ask", "again"),
        ["wait"] = Text(),
        ["stop"] = Text(),
    };

    public static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <summary>A text field takes numbers and true as they are written.</summary>
    public static JsonObject Scalar() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    public static JsonObject Placeholder() => new() { ["type"] = "string", ["pattern"] = "\\{\\{" };

    public static JsonObject Script() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("js"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject { ["js"] = new JsonObject { ["type"] = "string", ["description"] = "The body of a JavaScript function: it returns the value." } },
    };

    public static JsonObject MapOfAny() => new() { ["type"] = "object" };

    public static JsonObject Words(params string[] words) => new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    public static JsonObject Any(params JsonNode[] choices) => new() { ["anyOf"] = new JsonArray(choices) };

    /// <summary>A map that has this key.</summary>
    public static JsonObject With(string key) => new() { ["required"] = new JsonArray(key) };

    // Beside a $ref nothing else counts in draft 7.
    public static JsonNode Described(JsonNode value, string? about)
    {
        if (about is null)
        {
            return value;
        }

        var described = value is JsonObject map && map.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(value) } : (JsonObject)value;
        described["description"] = about;
        return described;
    }
}
