using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>Livestorm: webinars, their sessions and who comes. Sends events, and tells what they leave out.</summary>
internal sealed class LivestormConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(LivestormConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new GetEvent(), new GetSession(), new ListSessionPeople()];

    // Two sources, for their bodies differ: under one name a recipe would find its fields in one of them and nothing in the other.
    public IReadOnlyList<IEventSource> Sources { get; } = [new LivestormSource(), new LivestormNativeSource()];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        context.FindSecret(LivestormApi.ApiToken) is { } token
            ? await context.CallAsync(
                LivestormApi.AnyEvent(token),
                answer => LivestormApi.Judge(
                    answer,
                    context,
                    missing: null,
                    json => new StepOutcome.Done(OutputJson.Of(new Workspace(BodyValues.Whole(json, "meta", "record_count"))))),
                () => OutputJson.Of(new Workspace(1)),
                cancellationToken)
            : NothingToAsk.Outcome;

    private sealed record Workspace(long? Events);
}
