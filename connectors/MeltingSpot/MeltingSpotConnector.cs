using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>MeltingSpot: communities, lives and courses. Sends events, and tells what they leave out.</summary>
internal sealed class MeltingSpotConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(MeltingSpotConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new GetLive(), new FindMember(), new GetFormAnswers()];

    public IReadOnlyList<IEventSource> Sources { get; } = [new MeltingSpotSource()];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        context.FindSecret(MeltingSpotApi.ApiKey) is { } key
            ? await context.CallAsync(
                MeltingSpotApi.AnyMember(key, context),
                answer => MeltingSpotApi.Judge(
                    answer,
                    context,
                    missing: null,
                    json => new StepOutcome.Done(OutputJson.Of(new Spot(BodyValues.Whole(json, "total"))))),
                () => OutputJson.Of(new Spot(1)),
                cancellationToken)
            : NothingToAsk.Outcome;

    private sealed record Spot(long? Members);
}
