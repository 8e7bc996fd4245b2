using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Reading;

/// <summary>Times as senders write them: null where a value is none.</summary>
internal static class BodyTimes
{
    /// <summary>Whole UNIX seconds. 0 is how some senders write that there is none.</summary>
    public static DateTimeOffset? UnixSeconds(JsonElement? value) =>
        Whole(value) is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Whole UNIX milliseconds.</summary>
    public static DateTimeOffset? UnixMilliseconds(JsonElement? value) =>
        Whole(value) is { } milliseconds && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>ISO 8601 with its offset: without one, nobody knows which moment is meant. The year 1 is how some senders write that there is none.</summary>
    public static DateTimeOffset? Iso(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && HasOffset(text) && text.TryGetDateTimeOffset(out var time) && time.Year > 1 ? time : null;

    private static long? Whole(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) && whole > 0 ? whole : null;

    // Also keeps texts away that no .NET text can hold: their parsing would throw.
    private static bool HasOffset(JsonElement value) =>
        UntrustedJson.Text(value) is { Length: > 16 } text && (text[^1] == 'Z' || text[^6] is '+' or '-');
}
