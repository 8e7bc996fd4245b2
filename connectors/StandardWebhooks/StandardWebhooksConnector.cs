using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.StandardWebhooks;

/// <summary>Standard Webhooks: one way of signing that many platforms share. Sends events; actions are not offered.</summary>
internal sealed class StandardWebhooksConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(StandardWebhooksConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new StandardWebhooksSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
