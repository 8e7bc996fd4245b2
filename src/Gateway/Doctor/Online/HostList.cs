using ConnectorHub.Abstractions;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>Which hosts the connections call, each once.</summary>
internal static class HostList
{
    public static IReadOnlyList<HostToAsk> Of(IEnumerable<Connection> connections, ConnectorBook connectors) =>
    [
        .. connections
            .OrderBy(connection => connection.Name, StringComparer.Ordinal)
            .SelectMany(connection => Of(connection, connectors))
            .GroupBy(host => (host.Url, Own: host.Connection.BaseUrl is not null))
            .Select(same => same.First() with { Connections = [.. same.SelectMany(host => host.Connections).Distinct()] })
            .OrderBy(host => host.Name, StringComparer.Ordinal),
    ];

    /// <summary>Connections that act and name no host to call: what they may have is a mail server.</summary>
    public static IEnumerable<(IConnector Connector, Connection Connection)> WithoutHost(IEnumerable<Connection> connections, ConnectorBook connectors) =>
        from connection in connections
        orderby connection.Name
        let connector = connectors.Find(connection.ConnectorName)
        where connector is { Actions.Count: > 0 } && MayAsk(connection) && !Addresses(connection, connector.Manifest).Any()
        select (connector, connection);

    private static IEnumerable<HostToAsk> Of(Connection connection, ConnectorBook connectors)
    {
        var connector = connectors.Find(connection.ConnectorName);
        if (connector is null || !CallsOut(connection, connector) || !MayAsk(connection))
        {
            return [];
        }

        // No secrets go along: there are none in what is handed over.
        var bare = connection with { Secrets = new Dictionary<string, IReadOnlyList<Secret>>() };
        return Addresses(connection, connector.Manifest).Select(address => new HostToAsk(address, [connection.Name], bare, connector.Manifest));
    }

    // A connection with nothing but what proves a platform's webhooks only takes events.
    private static bool CallsOut(Connection connection, IConnector connector)
    {
        var proofs = connector.Sources.SelectMany(source => source.Proofs).ToHashSet(StringComparer.Ordinal);
        return connector.Actions.Count > 0 && (connection.BaseUrl is not null || proofs.Count == 0 || connection.Secrets.Keys.Any(name => !proofs.Contains(name)));
    }

    // Somebody said of a connection that rehearses that nothing at all may leave.
    private static bool MayAsk(Connection connection) => connection.Mode == ConnectionMode.Live || connection.RehearseReads;

    private static IEnumerable<Uri> Addresses(Connection connection, ConnectorManifest manifest)
    {
        var hosts = connection.BaseUrl is { } own
            ? [own]
            : manifest.Hosts.Where(host => !host.Contains('*', StringComparison.Ordinal)).Select(host => new Uri($"https://{host}/"));
        var settings = connection.Settings.Values.Select(value => Address(value, manifest)).OfType<Uri>();
        return hosts.Concat(settings).Select(Root).Distinct();
    }

    // A setting may name a further host: where a token is fetched, or which of a platform's many hosts is ours.
    private static Uri? Address(string setting, ConnectorManifest manifest) => setting switch
    {
        _ when setting.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(setting, UriKind.Absolute, out var address) && !IsNamed(manifest, address) => address,
        _ when manifest.Hosts.Any(host => host.StartsWith("*.", StringComparison.Ordinal) && setting.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase))
            && Uri.CheckHostName(setting) == UriHostNameType.Dns => new Uri($"https://{setting}/"),
        _ => null,
    };

    private static bool IsNamed(ConnectorManifest manifest, Uri address) => manifest.Hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase);

    private static Uri Root(Uri address) => new(address.GetLeftPart(UriPartial.Authority) + "/");
}
