using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>Livestorm: webinars, their sessions and who comes. Sends events; actions are not offered yet.</summary>
internal sealed class LivestormConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(LivestormConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    // Two sources, for their bodies differ: under one name a recipe would find its fields in one of them and nothing in the other.
    public IReadOnlyList<IEventSource> Sources { get; } = [new LivestormSource(), new LivestormNativeSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
