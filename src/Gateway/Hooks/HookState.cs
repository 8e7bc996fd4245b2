using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>The part of an account that is stored as JSON.</summary>
internal sealed record HookState(
    IReadOnlyDictionary<HookNoteKind, long> Refusals, HookNote? LastRefusal = null, Streak? Streak = null, EndedStreak? Ended = null)
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Nothing was seen yet.</summary>
    public static HookState Empty { get; } = new(new Dictionary<HookNoteKind, long>());

    public static byte[] Write<T>(T part) => JsonSerializer.SerializeToUtf8Bytes(part, Compact);

    /// <exception cref="JsonException">Another version wrote it, or somebody edited it.</exception>
    public static HookState Read(ReadOnlyMemory<byte> state)
    {
        var read = JsonSerializer.Deserialize<HookState>(state.Span, Compact);
        return read?.Refusals is null ? (read ?? Empty) with { Refusals = Empty.Refusals } : read;
    }

    /// <exception cref="JsonException">Another version wrote it, or somebody edited it.</exception>
    public static IReadOnlyList<HookNote> ReadNotes(ReadOnlyMemory<byte>? notes) =>
        notes is { IsEmpty: false } bytes ? JsonSerializer.Deserialize<List<HookNote>>(bytes.Span, Compact) ?? [] : [];
}
