using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Http;

/// <summary>Any HTTP API that has no connector of its own.</summary>
internal sealed class HttpConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(HttpConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new HttpRequest()];

    public IReadOnlyList<IEventSource> Sources => [];

    // No address is known that could be asked without an effect.
    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
