using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Finds the hook of an address: <c>connection</c> or <c>connection/event</c>.</summary>
internal sealed class HookBook(IConnections connections, ConnectorBook connectors, HubSettings settings)
{
    /// <summary>For hooks that set nothing, and for addresses that lead nowhere.</summary>
    public const long StandardMaxBody = 1024 * 1024;

    /// <summary>How platforms reach the hub, without a slash at its end; null where it is not set.</summary>
    public string? PublicUrl { get; } = settings.Hub.PublicUrl?.AbsoluteUri.TrimEnd('/');

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

        if (FindSource(connection, hookEvent) is not { } source)
        {
            return null;
        }

        return new Hook(connection, source, hookEvent, settings.Hook(name, hookEvent));
    }

    /// <summary>Addresses to give to platforms, for connections that receive.</summary>
    public IEnumerable<(string Address, string Source)> Known()
    {
        foreach (var connection in connections.Current.All.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            foreach (var source in connectors.Find(connection.ConnectorName)?.Sources ?? [])
            {
                foreach (var address in HasProof(connection, source) ? Addresses(connection.Name, source) : [])
                {
                    yield return (address, source.Name);
                }
            }
        }
    }

    // A source's own segment goes before an event's name: no platform calls an event 'native'.
    private IEventSource? FindSource(Connection connection, string hookEvent)
    {
        var sources = connectors.Find(connection.ConnectorName)?.Sources ?? [];
        var source = sources.FirstOrDefault(one => one.HookSegment.Length > 0 && one.HookSegment == hookEvent)
            ?? sources.FirstOrDefault(one => one.HookSegment.Length == 0 && Fits(one.Naming, hookEvent));
        return source is not null && HasProof(connection, source) ? source : null;
    }

    private static bool Fits(EventNaming naming, string hookEvent) => naming switch
    {
        EventNaming.Delivery => hookEvent.Length == 0,
        EventNaming.Hook => hookEvent.Length > 0,
        _ => true,
    };

    private static bool HasProof(Connection connection, IEventSource source) => source.Proofs.Any(connection.Secrets.ContainsKey);

    private static IEnumerable<string> Addresses(string connection, IEventSource source) =>
        source.HookSegment.Length > 0 ? [$"{connection}/{source.HookSegment}"]
        : source.Naming == EventNaming.Hook ? source.Events.Select(known => $"{connection}/{known.Name}")
        : [connection];
}
