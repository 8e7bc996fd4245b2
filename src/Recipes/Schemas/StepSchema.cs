using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Reading;

namespace ConnectorHub.Recipes.Schemas;

/// <summary>The schema of one step: which fields <c>with</c> has follows from <c>use</c>.</summary>
internal static class StepSchema
{
    public static JsonObject Write(IReadOnlyList<IConnector> connectors) =>
        SchemaParts.Any(Action(connectors, Keys.Step), Other(Keys.Wait), Other(Keys.Stop), Other(Keys.StepLet));

    /// <summary>A step that calls an action, with the keys of its place.</summary>
    public static JsonObject Action(IReadOnlyList<IConnector> connectors, Keys keys)
    {
        var actions = connectors.SelectMany(connector => connector.Actions.Select(action => (Use: $"{connector.Manifest.Name}.{action.Name}", Action: action))).ToList();
        var step = SchemaParts.Map(keys, KeyGuide.Step, new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["use"] = SchemaParts.Words([.. actions.Select(action => action.Use)]),
            ["with"] = new JsonObject { ["type"] = "object" },
        });
        step.Remove("required");
        step["anyOf"] = new JsonArray([.. actions.Select(action => Action(action.Use, action.Action, keys))]);
        return step;
    }

    /// <summary>Steps that are no action.</summary>
    private static JsonObject Other(Keys keys) => SchemaParts.Map(keys, KeyGuide.Step, SchemaParts.OfAll());

    private static JsonObject Action(string use, IConnectorAction action, Keys keys)
    {
        var required = action.Shape.Inputs.Where(field => field.Required).Select(field => (JsonNode)field.Name).ToArray();
        var fields = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(action.Shape.Inputs.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
        };
        var needs = new List<JsonNode>(keys.Required.Select(key => (JsonNode)key));
        if (required.Length > 0)
        {
            fields["required"] = new JsonArray(required);
            needs.Add("with");
        }

        return new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["use"] = new JsonObject { ["enum"] = new JsonArray(use), ["description"] = action.About },
                ["with"] = fields,
            },
            ["required"] = new JsonArray([.. needs]),
        };
    }

    private static JsonNode Field(Field field)
    {
        var written = field.Type switch
        {
            FieldType.Text when field.Allowed.Count > 0 => SchemaParts.Words([.. field.Allowed]),
            FieldType.Text => SchemaParts.Scalar(),
            FieldType.WholeNumber => new JsonObject { ["type"] = "integer" },
            FieldType.Number => new JsonObject { ["type"] = "number" },
            FieldType.Boolean => new JsonObject { ["type"] = "boolean" },
            FieldType.TextList => new JsonObject { ["type"] = "array" },
            FieldType.TextMap => new JsonObject { ["type"] = "object" },
            _ => new JsonObject(),
        };
        var isOpen = field.Type == FieldType.Any;
        return SchemaParts.Described(isOpen ? written : SchemaParts.Any(written, SchemaParts.Placeholder(), SchemaParts.Script()), field.Required ? $"{field.About} Needed." : field.About);
    }
}
