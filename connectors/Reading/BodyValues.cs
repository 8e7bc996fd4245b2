using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Reading;

/// <summary>Values out of a sender's body: null where they are not there, or not of the kind that is asked for.</summary>
internal static class BodyValues
{
    /// <summary>A value, found by member names from <paramref name="body"/> down.</summary>
    public static JsonElement? Find(JsonElement body, params ReadOnlySpan<string> path)
    {
        JsonElement? found = body;
        foreach (var name in path)
        {
            found = found is { } inside ? UntrustedJson.Member(inside, name) : null;
        }

        return found;
    }

    /// <summary>A text that is not empty.</summary>
    public static string? Text(JsonElement body, params ReadOnlySpan<string> path) =>
        UntrustedJson.Text(body, path) is { Length: > 0 } text ? text : null;

    /// <summary>A name: one short line of text.</summary>
    public static string? Line(JsonElement body, params ReadOnlySpan<string> path) => ShortText.Of(UntrustedJson.Text(body, path));

    /// <summary>An id: one short line of text, or a number as it is written.</summary>
    public static string? Id(JsonElement body, params ReadOnlySpan<string> path) =>
        Find(body, path) is { ValueKind: JsonValueKind.Number } number ? ShortText.Of(number.GetRawText()) : Line(body, path);

    /// <summary>A whole number.</summary>
    public static long? Whole(JsonElement body, params ReadOnlySpan<string> path) =>
        Find(body, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    /// <summary>A number.</summary>
    public static decimal? Number(JsonElement body, params ReadOnlySpan<string> path) =>
        Find(body, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var exact) ? exact : null;

    /// <summary>True or false.</summary>
    public static bool? Flag(JsonElement body, params ReadOnlySpan<string> path) => Find(body, path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
