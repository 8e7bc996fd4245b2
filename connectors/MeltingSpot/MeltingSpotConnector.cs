using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>MeltingSpot: communities, lives and courses. Sends events; actions are not offered yet.</summary>
internal sealed class MeltingSpotConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(MeltingSpotConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new MeltingSpotSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
