using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Spir;

/// <summary>Spir: meetings that are arranged by choosing from offered times. Sends events; actions are not offered yet.</summary>
internal sealed class SpirConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(SpirConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new SpirSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
