namespace ConnectorHub.Connectors.Reading;

/// <summary>An event that neither its sender nor its hook names.</summary>
internal static class Unnamed
{
    public const string Name = "received";
}
