using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Webhook;

/// <summary>Anything that posts JSON: signed with an HMAC, or with a token in the hook's address.</summary>
internal sealed class WebhookConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(WebhookConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new WebhookSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
