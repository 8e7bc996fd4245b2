using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>What recipes can name: sources with their events, connectors with their actions, connections.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<string, IConnector> _connectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IEventSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _connectorOfSource = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Event), EventSample> _samples = [];

    public Catalog(IReadOnlyList<IConnector> connectors, IReadOnlyDictionary<string, string>? connections)
    {
        Connections = connections;
        foreach (var connector in HubConnector.With(connectors))
        {
            if (connector is not HubConnector)
            {
                _connectors[connector.Manifest.Name] = connector;
            }

            foreach (var source in connector.Sources)
            {
                _sources[source.Name] = source;
                _connectorOfSource[source.Name] = connector.Manifest.Name;
                foreach (var type in source.Events)
                {
                    _samples[(source.Name, type.Name)] = new EventSample($"{source.Name}/{type.Name}", type, EventBody.WithoutMissingDates(Value.FromJson(type.Sample), source.MissingDates));
                }
            }
        }
    }

    /// <summary>Name to connector; null where connections are not judged.</summary>
    public IReadOnlyDictionary<string, string>? Connections { get; }

    public IEnumerable<string> ConnectorNames => _connectors.Keys.Order(StringComparer.Ordinal);

    // The hub's own come last: hardly anybody means them.
    public IEnumerable<string> SourceNames => _sources.Keys.OrderBy(IsTheHubs).ThenBy(name => name, StringComparer.Ordinal);

    public IEnumerable<string> SampleNames => _samples.Keys.OrderBy(key => IsTheHubs(key.Source)).ThenBy(key => $"{key.Source}/{key.Event}", StringComparer.Ordinal).Select(key => $"{key.Source}/{key.Event}");

    public IConnector? Connector(string name) => _connectors.GetValueOrDefault(name);

    public IEventSource? Source(string name) => _sources.GetValueOrDefault(name);

    public string ConnectorOfSource(string source) => _connectorOfSource[source];

    public EventSample? Sample(string source, string type) => _samples.GetValueOrDefault((source, type));

    public EventSample? Sample(string name) => _samples.Values.FirstOrDefault(sample => string.Equals(sample.Name, name, StringComparison.Ordinal));

    public IConnectorAction? Action(string connector, string action) =>
        Connector(connector)?.Actions.FirstOrDefault(candidate => string.Equals(candidate.Name, action, StringComparison.Ordinal));

    public IReadOnlyList<string> ConnectionsOf(string connector) =>
        [.. (Connections ?? EmptyConnections).Where(pair => string.Equals(pair.Value, connector, StringComparison.Ordinal)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    private static bool IsTheHubs(string source) => source == HubSource.SourceName;

    private static readonly IReadOnlyDictionary<string, string> EmptyConnections = new Dictionary<string, string>();
}

/// <summary>A shipped sample, ready to be asked.</summary>
/// <param name="Name"><c>source/event</c>.</param>
/// <param name="Body">As expressions see it.</param>
internal sealed record EventSample(string Name, EventType Type, Value Body)
{
    /// <summary>What all bodies of the event together may have.</summary>
    public JsonShape Shape { get; } = JsonShape.Of(Type.Bodies);

    /// <summary>The body, and the others it may have.</summary>
    public IReadOnlyList<Value> Bodies { get; } = [Body, .. Type.Variants.Select(Value.FromJson)];
}
