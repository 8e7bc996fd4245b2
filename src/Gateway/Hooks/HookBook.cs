using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Finds the hook of an address: <c>connection</c> or <c>connection/event</c>.</summary>
internal sealed class HookBook(IConnections connections, ConnectorBook connectors, HubSettings settings)
{
    /// <summary>For hooks that set nothing, and for addresses that lead nowhere.</summary>
    public const long StandardMaxBody = 1024 * 1024;

    /// <summary>The hook, or null where there is none: an unknown connection, one that receives nothing, or an address without its event.</summary>
    public Hook? Find(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? address : address[..slash];
        var hookEvent = slash < 0 ? string.Empty : address[(slash + 1)..];
        if (hookEvent.Contains('/', StringComparison.Ordinal) || hookEvent.Length > 100 || connections.Current.Find(name) is not { } connection)
        {
            return null;
        }

        if (connectors.Find(connection.ConnectorName) is not { Sources: [var source, ..] } || (source.EventComesFromHook && hookEvent.Length == 0))
        {
            return null;
        }

        var own = settings.Hook(name, hookEvent);
        return new Hook(connection, source, hookEvent, own.RehearseTests, own.MaxBody);
    }

    /// <summary>Addresses to give to platforms, for connections that receive.</summary>
    public IEnumerable<(string Address, string Source)> Known()
    {
        foreach (var connection in connections.Current.All.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (connectors.Find(connection.ConnectorName) is not { Sources: [var source, ..] })
            {
                continue;
            }

            if (!source.EventComesFromHook)
            {
                yield return (connection.Name, source.Name);
                continue;
            }

            foreach (var known in source.Events)
            {
                yield return ($"{connection.Name}/{known.Name}", source.Name);
            }
        }
    }
}
