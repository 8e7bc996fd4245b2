namespace ConnectorHub.Connectors.Reading;

/// <summary>Names of events as senders give them.</summary>
internal static class EventNames
{
    /// <summary>An event that nothing names.</summary>
    public const string Unnamed = "received";

    // Names are stored with each event and shown everywhere.
    private const int Longest = 100;

    /// <summary>The text where it can be a name: one short line that is not empty; else null.</summary>
    public static string? Of(string? text) =>
        text is { Length: > 0 and <= Longest } && !text.Any(char.IsControl) ? text : null;
}
