using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Recipes.Reading;

namespace ConnectorHub.Recipes.Schemas;

/// <summary>
/// Writes the JSON Schema of recipe files from what the program itself knows: keys, sources, events, actions and their fields. Draft 7 without
/// its rarer words, because that is what editors of YAML understand best. It completes and explains; <c>check</c> judges.
/// </summary>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON.</summary>
    public static string Write(IReadOnlyList<IConnector> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        var schema = SchemaParts.Map(Keys.Recipe, KeyGuide.Recipe, new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["version"] = new JsonObject { ["enum"] = new JsonArray(1) },
            ["when"] = Events(connectors),
            ["once_per"] = SchemaParts.Any(SchemaParts.Placeholder(), SchemaParts.Map(Keys.OncePer, KeyGuide.OncePer, SchemaParts.OfAll())),
            ["order_by"] = SchemaParts.Any(SchemaParts.Placeholder(), SchemaParts.Map(Keys.OrderBy, KeyGuide.OrderBy, SchemaParts.OfAll())),
            ["steps"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = SchemaParts.Ref("step") },
            ["on_error"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = SchemaParts.Ref("notice") },
            ["mode"] = SchemaParts.Words("active", "rehearse", "off"),
            ["tests"] = new JsonObject { ["type"] = "array", ["items"] = Test(connectors) },
        });
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "A recipe of ConnectorHub, version 1");
        schema["definitions"] = new JsonObject
        {
            ["step"] = StepSchema.Write(connectors),
            ["notice"] = StepSchema.Action(connectors, Keys.OnError),
            ["condition"] = Condition(),
            ["duration"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{1,8}[smhd]$", ["description"] = "A whole number with s, m, h or d: 30s, 2m, 6h, 30d." },
        };
        return schema.ToJsonString(Style);
    }

    private static JsonObject Test(IReadOnlyList<IConnector> connectors)
    {
        var samples = HubConnector.With(connectors).SelectMany(connector => connector.Sources).SelectMany(source => source.Events.Select(type => $"{source.Name}/{type.Name}"));
        return SchemaParts.Map(Keys.Test, KeyGuide.Test, new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["sample"] = SchemaParts.Any(SchemaParts.Words([.. samples]), SchemaParts.Text()),
            ["change"] = SchemaParts.MapOfAny(),
            ["remembered"] = SchemaParts.MapOfAny(),
            ["answers"] = Answers(),
            ["expect"] = SchemaParts.Any(SchemaParts.Text(), new JsonObject { ["type"] = "array", ["items"] = SchemaParts.Text() }),
        });
    }

    // What an action answers is its own; that it fails has two words.
    private static JsonObject Answers()
    {
        JsonObject One() => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["fails"] = SchemaParts.Described(SchemaParts.Text(), KeyGuide.Answer["fails"]),
                ["code"] = SchemaParts.Described(new JsonObject(), KeyGuide.Answer["code"]),
            },
        };
        var answer = SchemaParts.Any(One(), new JsonObject { ["type"] = "array", ["items"] = One() });
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = answer };
    }

    private static JsonObject Events(IReadOnlyList<IConnector> connectors)
    {
        var sources = HubConnector.With(connectors).SelectMany(connector => connector.Sources).ToList();
        var map = SchemaParts.Map(Keys.When, KeyGuide.When, new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["source"] = SchemaParts.Words([.. sources.Select(source => source.Name)]),
            ["event"] = SchemaParts.Any(SchemaParts.Text(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = SchemaParts.Text() }),
        });
        map["properties"]!.AsObject().Remove("schedule");
        map["anyOf"] = new JsonArray([.. sources.Select(source => new JsonObject
        {
            ["properties"] = new JsonObject { ["source"] = SchemaParts.Words(source.Name), ["event"] = Named(source) },
            ["required"] = new JsonArray("source"),
        })]);
        return SchemaParts.Any(map, Clock());
    }

    private static JsonObject Clock() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("schedule"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["schedule"] = SchemaParts.Described(
                SchemaParts.Map(Keys.Schedule, KeyGuide.Schedule, new Dictionary<string, JsonNode>(StringComparer.Ordinal)
                {
                    ["cron"] = SchemaParts.Text(),
                    ["missed"] = SchemaParts.Words("last", "all", "none"),
                }),
                KeyGuide.When["schedule"]),
        },
    };

    /// <summary>Platforms add events, so another name is taken too.</summary>
    private static JsonObject Named(IEventSource source)
    {
        if (source.Events.Count == 0)
        {
            return new JsonObject();
        }

        JsonObject[] Choices() =>
        [
            .. source.Events.Select(type => new JsonObject { ["enum"] = new JsonArray(type.Name), ["description"] = type.About }),
            SchemaParts.Text(),
        ];
        return SchemaParts.Any([.. Choices(), new JsonObject { ["type"] = "array", ["items"] = SchemaParts.Any(Choices()) }]);
    }

    private static JsonObject Condition()
    {
        JsonObject Lines() => SchemaParts.Any(SchemaParts.Text(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = SchemaParts.Ref("condition") });
        return SchemaParts.Any(
            SchemaParts.Text(),
            new JsonObject
            {
                ["type"] = "object",
                ["minProperties"] = 1,
                ["maxProperties"] = 1,
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject { ["any"] = Lines(), ["all"] = Lines(), ["not"] = SchemaParts.Any(Lines(), SchemaParts.Ref("condition")) },
            });
    }
}
