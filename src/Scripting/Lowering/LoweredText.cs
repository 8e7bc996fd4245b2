using System.Text.Json;

namespace ConnectorHub.Scripting.Lowering;

/// <summary>A lowering as JSON: what the compile process answers, and what is kept of it.</summary>
internal static class LoweredText
{
    /// <summary>Null where it is none.</summary>
    public static Lowered? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (!root.TryGetProperty("problem", out var problem))
                return new Lowered.Code(root.GetProperty("code").GetString()!, root.GetProperty("map").GetString()!);
            return new Lowered.Refused(problem.GetProperty("message").GetString()!, problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
