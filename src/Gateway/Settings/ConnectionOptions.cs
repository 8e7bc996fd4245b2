using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>One entry of section <c>Connections</c>, checked against its connector's manifest.</summary>
/// <param name="BaseUrl">Replaces the manifest's host; null where it does not.</param>
/// <param name="Secrets">By the manifest's spelling; only what is set.</param>
/// <param name="Settings">By the manifest's spelling; declared defaults are filled in.</param>
internal sealed record ConnectionOptions(
    string Name,
    IConnector Connector,
    ConnectionMode Mode,
    Uri? BaseUrl,
    IReadOnlyDictionary<string, IReadOnlyList<SecretSource>> Secrets,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Whether rehearsals really ask what only reads.</summary>
    public bool RehearseReads { get; init; } = true;

    /// <summary>When what failed may be tried again; null: at any time.</summary>
    public RetryWindow? RetryWindow { get; init; }
}
