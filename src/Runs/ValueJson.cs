using System.Text.Json;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>Values as actions and outcomes have them.</summary>
internal static class ValueJson
{
    /// <summary>The value as JSON, on its own.</summary>
    public static JsonElement ToElement(this Value value)
    {
        using var document = JsonDocument.Parse(value.ToUtf8Json());
        return document.RootElement.Clone();
    }
}
