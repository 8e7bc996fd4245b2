namespace ConnectorHub.Connectors.HubSpot;

/// <summary>The body that changes a contact: HubSpot leaves alone what is not named.</summary>
internal sealed record ContactBody(IReadOnlyDictionary<string, string> Properties);
