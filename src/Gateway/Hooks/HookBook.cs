using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Finds the hook of an address: <c>connection</c> or <c>connection/event</c>.</summary>
internal sealed class HookBook(IConnections connections, ConnectorBook connectors, HubSettings settings)
{
    /// <summary>For hooks that set nothing, and for addresses that lead nowhere.</summary>
    public const long StandardMaxBody = 1024 * 1024;

    // A platform may have dozens.
    private const int MostNamed = 5;

    /// <summary>How platforms reach the hub, without a slash at its end; null where it is not set.</summary>
    public string? PublicUrl { get; } = settings.Hub.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>The addresses as platforms are given them.</summary>
    public HookUrls Urls { get; } = new(settings);

    /// <summary>The hook, or null where there is none: an unknown connection, one that receives nothing, or an address without its event.</summary>
    public Hook? Find(string address)
    {
        var (name, hookEvent) = Split(address);
        if (!CanBeEvent(hookEvent) || connections.Current.Find(name) is not { } connection || FindSource(connection, hookEvent) is not { } source)
        {
            return null;
        }

        return new Hook(connection, source, hookEvent, settings.Hook(name, hookEvent));
    }

    /// <summary>Why <see cref="Find"/> found nothing.</summary>
    public MissingHook Missing(string address)
    {
        var (name, hookEvent) = Split(address);
        if (connections.Current.Find(name) is not { } connection)
        {
            return new MissingHook(null, string.Empty, HookNoteKind.NoSuchHook, "No connection has that name.");
        }

        if (FindFitting(connection, hookEvent) is not { } source || !CanBeEvent(hookEvent))
        {
            var wanted = SourcesOf(connection).Any(one => one.Naming == EventNaming.Hook) && hookEvent.Length == 0
                ? $"The address lacks its event: /hooks/{name}/… and the event's name."
                : $"Connection '{name}' has no such hook.";
            return new MissingHook(name, hookEvent, HookNoteKind.NoSuchHook, wanted);
        }

        return new MissingHook(name, hookEvent, HookNoteKind.NotConfigured, $"Connection '{name}' sets none of {string.Join(", ", source.Proofs)}, so nothing can be checked. Set one.");
    }

    /// <summary>Whether we know that name: the source has such an event or address, or the settings name it.</summary>
    public bool IsNamed(string connection, string hookEvent) =>
        connections.Current.Find(connection) is { } found
        && (settings.Hooks.Any(hook => hook.Connection == connection && hook.HookEvent == hookEvent)
            || SourcesOf(found).Any(source => Addresses(source).Contains(hookEvent, StringComparer.Ordinal) || source.Events.Any(known => known.Name == hookEvent && Fits(source, hookEvent))));

    /// <summary>Why a hook that a person names cannot be meant, with the nearest there is; null where it can. Of a sender that takes any event any is meant.</summary>
    public string? Misnamed(string address)
    {
        var (name, hookEvent) = Split(address);
        if (connections.Current.Find(name) is not { } connection)
        {
            return $"There is no connection '{name}'.{Near(name, connections.Current.All.Select(one => one.Name))}";
        }

        var sources = SourcesOf(connection).Where(source => HasProof(connection, source)).ToList();
        var known = sources.SelectMany(source => Addresses(source).Concat(InSettings(name))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (known.Count == 0)
        {
            return $"Connection '{name}' receives nothing, so it has no hooks.";
        }

        return sources.Any(source => source.Naming == EventNaming.HookIfNamed && Fits(source, hookEvent)) || IsNamed(name, hookEvent)
            ? null
            : $"There is no hook '{address}'.{Near(address, known.Select(one => one.Length == 0 ? name : $"{name}/{one}"))}";
    }

    /// <summary>The event segments that section Hooks names for a connection.</summary>
    public IEnumerable<string> InSettings(string connection) => settings.Hooks.Where(hook => hook.Connection == connection).Select(hook => hook.HookEvent);

    /// <summary>Who calls, as it begins a sentence. A source that takes any event has no platform's name.</summary>
    public string Sender(Connection connection, IEventSource source) =>
        source.Naming == EventNaming.HookIfNamed || connectors.Find(connection.ConnectorName) is not { } connector
            ? $"The sender of {connection.Name}"
            : connector.Manifest.DisplayName;

    /// <summary>Connections that receive, by name.</summary>
    public IEnumerable<Receiver> Receivers()
    {
        foreach (var connection in connections.Current.All.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var sources = SourcesOf(connection).Where(source => HasProof(connection, source)).ToArray();
            if (sources.Length > 0)
            {
                yield return new Receiver(connection, connectors.Find(connection.ConnectorName)!, sources);
            }
        }
    }

    /// <summary>The event segments of a source's hooks that are known beforehand; empty for an address without one.</summary>
    public static IReadOnlyList<string> Addresses(IEventSource source) =>
        source.HookSegment.Length > 0 ? [source.HookSegment]
        : source.Naming == EventNaming.Hook ? [.. source.Events.Select(known => known.Name)]
        : [string.Empty];

    private static (string Connection, string Event) Split(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (address, string.Empty) : (address[..slash], address[(slash + 1)..]);
    }

    private static string Near(string found, IEnumerable<string> there)
    {
        var names = there.ToList();
        return $"{(Nearest.Of(found, names) is { } near ? $" Did you mean '{near}'?" : string.Empty)} There are: {string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? " and others; see: connectorhub hooks" : ".")}";
    }

    private static bool CanBeEvent(string hookEvent) => hookEvent.Length <= 100 && !hookEvent.Contains('/', StringComparison.Ordinal);

    private IReadOnlyList<IEventSource> SourcesOf(Connection connection) => connectors.Find(connection.ConnectorName)?.Sources ?? [];

    private IEventSource? FindSource(Connection connection, string hookEvent) =>
        FindFitting(connection, hookEvent) is { } source && HasProof(connection, source) ? source : null;

    // A source's own segment goes before an event's name: no platform calls an event 'native'.
    private IEventSource? FindFitting(Connection connection, string hookEvent)
    {
        var sources = SourcesOf(connection);
        return sources.FirstOrDefault(one => one.HookSegment.Length > 0 && one.HookSegment == hookEvent)
            ?? sources.FirstOrDefault(one => Fits(one, hookEvent));
    }

    private static bool Fits(IEventSource source, string hookEvent) => source.HookSegment.Length == 0 && source.Naming switch
    {
        EventNaming.Delivery => hookEvent.Length == 0,
        EventNaming.Hook => hookEvent.Length > 0,
        _ => true,
    };

    private static bool HasProof(Connection connection, IEventSource source) => source.Proofs.Any(connection.Secrets.ContainsKey);
}

/// <summary>A connection that receives.</summary>
/// <param name="Sources">Those that a secret of the connection proves.</param>
internal sealed record Receiver(Connection Connection, IConnector Connector, IReadOnlyList<IEventSource> Sources);

/// <summary>Why an address is no hook.</summary>
/// <param name="Connection">Null where no connection has that name.</param>
internal sealed record MissingHook(string? Connection, string Event, HookNoteKind Kind, string Text);
