using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>The arguments of a method: from the query, a form or a JSON body, as Slack takes them.</summary>
internal sealed class SlackArguments
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    /// <summary>Reads them. A token in the query is not taken, as for all apps made since 2021.</summary>
    public static SlackArguments Of(StandInRequest request)
    {
        var arguments = new SlackArguments();
        foreach (var (name, value) in request.Query.Where(pair => pair.Key != "token"))
        {
            arguments._values[name] = value;
        }

        if (request.Json() is JsonObject json)
        {
            foreach (var (name, value) in json)
            {
                arguments._values[name] = value;
            }
        }
        else if (request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            foreach (var (name, value) in request.Form())
            {
                arguments._values[name] = value;
            }
        }

        return arguments;
    }

    public JsonNode? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>As text: a form and a query know nothing else.</summary>
    public string? Text(string name) => Find(name) is JsonValue value ? value.ToString() : null;

    public bool IsTrue(string name) => Text(name) is "true" or "True" or "1";
}
