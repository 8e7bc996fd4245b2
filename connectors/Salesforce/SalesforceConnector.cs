using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>Salesforce: records by an external id.</summary>
internal sealed class SalesforceConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(SalesforceConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new UpsertRecord(), new FindRecord()];

    public IReadOnlyList<IEventSource> Sources { get; } = [];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var opening = await SalesforceSession.OpenAsync(context, cancellationToken);
        return opening switch
        {
            SalesforceOpening.Ready ready => await AskAsync(ready.Session, context, cancellationToken),
            SalesforceOpening.Ended ended => ended.Outcome,
            _ => throw new InvalidOperationException($"{opening.GetType().Name} is not an opening."),
        };
    }

    private static Task<StepOutcome> AskAsync(SalesforceSession session, ActionContext context, CancellationToken cancellationToken)
    {
        var request = session.Read("limits");
        return context.CallAsync(
            request,
            answer => session.Judge(answer, reads: true, json => new StepOutcome.Done(OutputJson.Of(Account.Of(session, json)))),
            () => OutputJson.Of(new Account(session.Domain, 15_000, 15_000)),
            cancellationToken);
    }

    private sealed record Account(string Domain, long? CallsADay, long? CallsLeft)
    {
        public static Account Of(SalesforceSession session, JsonElement json) => new(session.Domain, Daily(json, "Max"), Daily(json, "Remaining"));

        private static long? Daily(JsonElement json, string name) =>
            UntrustedJson.Member(json, "DailyApiRequests") is { } daily
            && UntrustedJson.Member(daily, name) is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt64(out var count) ? count : null;
    }
}
