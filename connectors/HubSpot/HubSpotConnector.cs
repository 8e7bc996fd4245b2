using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>HubSpot: contacts, their notes, links and lists; and what changes in contacts, companies and deals.</summary>
internal sealed class HubSpotConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(HubSpotConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } =
    [
        new UpsertContact(),
        new UpdateContact(),
        new FindContact(),
        new AddNote(),
        new Associate(),
        new AddToList(),
        new BatchUpsertContacts(),
    ];

    public IReadOnlyList<IEventSource> Sources { get; } = [new HubSpotSource()];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            // A client secret only receives.
            return context.FindSecret(HookDoor.SigningSecrets) is null ? MissingSecret.Outcome(context, HubSpotApi.AccessToken) : NothingToAsk.Outcome;
        }

        return await context.CallAsync(
            api.Read(api.Paths.Account),
            answer => api.Judge(answer, reads: true, json => Portal.Read(json) is { } portal ? new StepOutcome.Done(OutputJson.Of(portal)) : null),
            () => OutputJson.Of(new Portal("123456", "Example", "STANDARD", "Europe/Paris")),
            cancellationToken);
    }

    private sealed record Portal(string PortalId, string? PortalName, string? AccountType, string? TimeZone)
    {
        public static Portal? Read(JsonElement json) => UntrustedJson.Member(json, "portalId") is { ValueKind: JsonValueKind.Number } id
            ? new Portal(
                id.GetRawText(),
                UntrustedJson.Text(json, "portalName"),
                UntrustedJson.Text(json, "accountType"),
                UntrustedJson.Text(json, "timeZone"))
            : null;
    }
}
