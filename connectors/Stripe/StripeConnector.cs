using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Stripe;

/// <summary>Stripe: payments, invoices and subscriptions. Sends events; actions are not offered.</summary>
internal sealed class StripeConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(StripeConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new StripeSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
