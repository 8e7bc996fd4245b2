using ConnectorHub.Abstractions;

namespace ConnectorHub.Recipes.HubEvents;

/// <summary>The hub beside the platforms, for whoever lists what events there are. It can do nothing, and no connection to it can be set up.</summary>
public sealed class HubConnector : IConnector
{
    private HubConnector()
    {
    }

    /// <summary>The one there is.</summary>
    public static HubConnector Instance { get; } = new();

    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(HubConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new HubSource()];

    /// <summary>The connectors, and the hub among them.</summary>
    public static IReadOnlyList<IConnector> With(IReadOnlyList<IConnector> connectors) => [.. connectors, Instance];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "no_connection", "The hub needs no connection to itself."));
}
