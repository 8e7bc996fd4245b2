using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors;

/// <summary>The check of a connection that has no credentials of its own to ask about.</summary>
internal static class NothingToAsk
{
    /// <summary>Done, and says that nothing was asked.</summary>
    public static StepOutcome Outcome { get; } = new StepOutcome.Done(
        JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["asked"] = false,
            ["note"] = "There is nothing to ask the other side with these secrets.",
        }));
}
