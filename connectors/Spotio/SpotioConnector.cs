using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Spotio;

/// <summary>SPOTIO: leads, activities and appointments of a field sales team. Sends events; actions are not offered yet.</summary>
internal sealed class SpotioConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(SpotioConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new SpotioSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
