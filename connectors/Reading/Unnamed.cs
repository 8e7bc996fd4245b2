namespace ConnectorHub.Connectors.Reading;

/// <summary>Names of events that their sender does not name.</summary>
internal static class Unnamed
{
    /// <summary>Of a sender whose events are open: anything may come.</summary>
    public const string Name = "received";

    /// <summary>Of a platform whose events are known: a body that fits none of its documents.</summary>
    public const string Unknown = "unknown";
}
