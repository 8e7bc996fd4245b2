using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs;

/// <summary>The connectors of this program by name.</summary>
public sealed class ConnectorBook
{
    private readonly Dictionary<string, IConnector> _connectors = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Connector, string Action), IConnectorAction> _actions = [];
    private readonly Dictionary<string, IEventSource> _sources = new(StringComparer.Ordinal);

    public ConnectorBook(IReadOnlyList<IConnector> connectors)
    {
        All = connectors;
        foreach (var connector in connectors)
        {
            _connectors.Add(connector.Manifest.Name, connector);
            foreach (var action in connector.Actions)
            {
                _actions.Add((connector.Manifest.Name, action.Name), action);
            }

            foreach (var source in connector.Sources)
            {
                _sources.Add(source.Name, source);
            }
        }
    }

    /// <summary>All of them, in the catalog's order.</summary>
    public IReadOnlyList<IConnector> All { get; }

    /// <summary>A connector by name, or null.</summary>
    public IConnector? Find(string name) => _connectors.GetValueOrDefault(name);

    /// <summary>A source by its name, or null.</summary>
    public IEventSource? FindSource(string name) => _sources.GetValueOrDefault(name);

    /// <summary>An action by its connector's and its own name, or null.</summary>
    public IConnectorAction? FindAction(string connector, string action) => _actions.GetValueOrDefault((connector, action));
}
