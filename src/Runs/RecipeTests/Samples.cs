using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>A sample event, ready to be changed by a test.</summary>
internal sealed record Sample(IEventSource Source, string Type, JsonNode Body)
{
    /// <summary>Finds <c>source/event</c> among the shipped samples; null where there is none.</summary>
    public static Sample? Find(IReadOnlyList<IConnector> connectors, string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var type = reference[(slash + 1)..];
        foreach (var connector in connectors)
        {
            foreach (var source in connector.Sources)
            {
                if (source.Name == reference[..slash] && source.Events.FirstOrDefault(known => known.Name == type) is { } found)
                {
                    return new Sample(source, type, JsonNode.Parse(found.Sample.GetRawText())!);
                }
            }
        }

        return null;
    }

    /// <summary>Sets the value at a path such as <c>member.utm.campaign</c> or <c>items[0].id</c>; objects on the way are made.</summary>
    /// <returns>Null, or what stood in the way.</returns>
    public static string? Set(JsonNode root, string path, JsonElement value)
    {
        var at = root;
        var parts = Parts(path);
        for (var i = 0; i < parts.Count - 1; i++)
        {
            var next = Child(at, parts[i]);
            if (next is null)
            {
                next = new JsonObject();
                if (!Put(at, parts[i], next))
                {
                    return $"'{parts[i]}' of '{path}' cannot be set: there is no object at that place in the sample.";
                }
            }

            at = next;
        }

        return Put(at, parts[^1], JsonNode.Parse(value.GetRawText()))
            ? null
            : $"'{parts[^1]}' of '{path}' cannot be set: there is no object at that place in the sample.";
    }

    /// <summary>The body as bytes.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(Body.ToJsonString());

    private static List<string> Parts(string path)
        => [.. path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries)];

    private static JsonNode? Child(JsonNode at, string part) => at switch
    {
        JsonObject map => map[part],
        JsonArray list when Index(part) is { } index && index < list.Count => list[index],
        _ => null,
    };

    private static bool Put(JsonNode at, string part, JsonNode? value)
    {
        switch (at)
        {
            case JsonObject map:
                map[part] = value;
                return true;
            case JsonArray list when Index(part) is { } index && index < list.Count:
                list[index] = value;
                return true;
            default:
                return false;
        }
    }

    private static int? Index(string part)
        => part.StartsWith('[') && part.EndsWith(']') && int.TryParse(part.AsSpan(1, part.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
