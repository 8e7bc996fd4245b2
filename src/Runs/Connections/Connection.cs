using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>Whether a connection's writes leave the hub.</summary>
public enum ConnectionMode
{
    /// <summary>Requests are sent.</summary>
    Live,

    /// <summary>Requests are recorded and shown; nothing that writes is sent.</summary>
    Rehearse,
}

/// <summary>One account: settings and secrets under a name.</summary>
/// <param name="BaseUrl">Replaces the manifest's host for this connection (a stand-in, a proxy); null where it does not.</param>
/// <param name="Secrets">By name; several values while one is rotated.</param>
/// <param name="Settings">By name; a declared default is already filled in.</param>
/// <param name="CredentialVersion">
/// 16 hex digits that change when a secret, a setting or the base address changes and stay the same over a restart. A keyed hash: the key
/// never leaves the data folder, so not even a short or guessable secret can be found from the version.
/// </param>
/// <param name="Problem">Why it cannot be used now (<c>secret BotToken: environment variable SLACK_BOT_TOKEN is not set</c>); null where it can.</param>
public sealed record Connection(
    string Name,
    string ConnectorName,
    ConnectionMode Mode,
    Uri? BaseUrl,
    IReadOnlyDictionary<string, IReadOnlyList<Secret>> Secrets,
    IReadOnlyDictionary<string, string> Settings,
    string CredentialVersion,
    string? Problem)
{
    /// <summary>In a rehearsal, what only reads is really asked; false: it answers with the action's sample, and nothing at all is sent.</summary>
    public bool RehearseReads { get; init; } = true;

    /// <summary>When what failed may be tried again; null: at any time.</summary>
    public RetryWindow? RetryWindow { get; init; }
}

/// <summary>All connections at one moment. Immutable.</summary>
public sealed class ConnectionBook
{
    private readonly IReadOnlyDictionary<string, Connection> _connections;
    private readonly Dictionary<string, IReadOnlyList<Connection>> _byConnector;

    /// <summary>A book of connections by name.</summary>
    public ConnectionBook(IReadOnlyDictionary<string, Connection> connections)
    {
        _connections = connections;
        _byConnector = connections.Values
            .GroupBy(connection => connection.ConnectorName, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => (IReadOnlyList<Connection>)[.. group.OrderBy(connection => connection.Name, StringComparer.Ordinal)],
                StringComparer.Ordinal);
    }

    /// <summary>Every connection, in no promised order.</summary>
    public IEnumerable<Connection> All => _connections.Values;

    /// <summary>The connection of that name, or null.</summary>
    public Connection? Find(string name) => _connections.GetValueOrDefault(name);

    /// <summary>The connections of a connector, by name.</summary>
    public IReadOnlyList<Connection> ForConnector(string connector) => _byConnector.GetValueOrDefault(connector, []);
}

/// <summary>Port: where connections come from.</summary>
public interface IConnections
{
    /// <summary>The snapshot of now; a new one appears when a secret's file changes.</summary>
    ConnectionBook Current { get; }
}

/// <summary>One hook's settings.</summary>
/// <param name="HookEvent">The event segment of its address; empty for none.</param>
/// <param name="RehearseTests">An event the platform marks as a test is rehearsed.</param>
/// <param name="MaxBody">In bytes.</param>
/// <param name="Dedupe">What tells a repetition, in place of what the source would say; null leaves it to the source.</param>
public sealed record HookSettings(string Connection, string HookEvent, bool RehearseTests, long MaxBody, DedupeRule? Dedupe = null)
{
    /// <summary>It is told as silent when nothing came for so long; null leaves it to the rhythm that was learned.</summary>
    public TimeSpan? SilentAfter { get; init; }
}
