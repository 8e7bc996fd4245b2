using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Reading;

/// <summary>A sample's body with another id and time.</summary>
internal static class RenewedBody
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Changes a body; one that is no JSON map stays as it is.</summary>
    public static ReadOnlyMemory<byte> Change(ReadOnlyMemory<byte> body, Action<JsonObject> change) =>
        Rewrite(body, node =>
        {
            if (node is JsonObject map)
            {
                change(map);
            }

            return node;
        });

    /// <summary>Changes each map of a list, or the map that a body is.</summary>
    public static ReadOnlyMemory<byte> ChangeItems(ReadOnlyMemory<byte> body, Action<JsonObject, int> change) =>
        Rewrite(body, node =>
        {
            IEnumerable<JsonNode?> items = node is JsonArray list ? list : [node];
            foreach (var (index, item) in items.OfType<JsonObject>().Index())
            {
                change(item, index);
            }

            return node;
        });

    /// <summary>Replaces a member only where the body has it.</summary>
    public static void Replace(JsonObject map, string name, JsonNode value)
    {
        if (map.ContainsKey(name))
        {
            map[name] = value;
        }
    }

    /// <summary>A whole number for a text, for bodies whose ids are numbers. Small enough for every reader of JSON.</summary>
    public static long NumberOf(string id) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> body, Func<JsonNode?, JsonNode?> change)
    {
        if (!UntrustedJson.TryReadBody(body, out var document, out _))
        {
            return body;
        }

        document.Dispose();
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(change(JsonNode.Parse(body.Span)), AsWritten);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a text: it cannot be written again.
            return body;
        }
    }
}
