using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Email;
using ConnectorHub.Connectors.GitHub;
using ConnectorHub.Connectors.GoogleCalendar;
using ConnectorHub.Connectors.GoogleSheets;
using ConnectorHub.Connectors.Http;
using ConnectorHub.Connectors.HubSpot;
using ConnectorHub.Connectors.Livestorm;
using ConnectorHub.Connectors.MeltingSpot;
using ConnectorHub.Connectors.Salesforce;
using ConnectorHub.Connectors.Slack;
using ConnectorHub.Connectors.Spir;
using ConnectorHub.Connectors.Spotio;
using ConnectorHub.Connectors.StandardWebhooks;
using ConnectorHub.Connectors.Stripe;
using ConnectorHub.Connectors.Webhook;

namespace ConnectorHub.Connectors;

/// <summary>Every connector of the hub: a folder, and one line here.</summary>
public static class ConnectorCatalog
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IConnector> All { get; } =
    [
        new EmailConnector(),
        new GitHubConnector(),
        new GoogleCalendarConnector(),
        new GoogleSheetsConnector(),
        new HttpConnector(),
        new HubSpotConnector(),
        new LivestormConnector(),
        new MeltingSpotConnector(),
        new SalesforceConnector(),
        new SlackConnector(),
        new SpirConnector(),
        new SpotioConnector(),
        new StandardWebhooksConnector(),
        new StripeConnector(),
        new WebhookConnector(),
    ];
}
