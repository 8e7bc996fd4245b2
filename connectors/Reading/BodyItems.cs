using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConnectorHub.Connectors.Reading;

/// <summary>The items of a delivery that carries several events.</summary>
internal static class BodyItems
{
    /// <summary>The items of a list, or the value itself where it is none.</summary>
    public static IEnumerable<JsonElement> Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    /// <summary>The bytes of a value, exactly as the sender wrote them.</summary>
    public static ReadOnlyMemory<byte> Verbatim(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    /// <summary>A list of one, around a map; any other body as it is.</summary>
    public static ReadOnlyMemory<byte> ListOf(ReadOnlyMemory<byte> body) =>
        body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? (byte[])[(byte)'[', .. body.Span, (byte)']'] : body;
}
