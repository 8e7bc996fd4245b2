using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectorHub.Abstractions;

/// <summary>Records as JSON: answers of actions in camelCase, requests in the snake_case most web APIs use.</summary>
public static class OutputJson
{
    private static readonly JsonSerializerOptions Output = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions Request = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The recorded request is read by people: é stays é. Nothing here lands in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The output of an action; null members are left out.</summary>
    public static JsonElement Of<T>(T output)
        where T : class => JsonSerializer.SerializeToElement(output, Output);

    /// <summary>The body of a request as UTF-8, snake_case; null members are left out.</summary>
    public static byte[] RequestBody<T>(T body)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(body, Request);
}
