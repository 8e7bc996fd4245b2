using ConnectorHub.Tests.StandIns.HubSpot;
using ConnectorHub.Tests.StandIns.Livestorm;
using ConnectorHub.Tests.StandIns.MeltingSpot;
using ConnectorHub.Tests.StandIns.Salesforce;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>What to write into the hub's settings, as text to copy.</summary>
internal static class SettingsGuide
{
    public const string KeyFile = "google.json";

    public static string Write(Uri address, int mailPort, string folder)
    {
        var root = address.AbsoluteUri;
        return $$"""
            Stand-ins for Slack, Google, HubSpot, Salesforce, MeltingSpot, Livestorm and any HTTP API are at {{root}}
            A mail server is at port {{mailPort}} of localhost.
            Nothing leaves this machine. What they are told stays in memory until Ctrl-C.

            Copy the connections you need into Connections of your appsettings.json:

              "slack-acme": {
                "Connector": "slack",
                "BaseUrl": "{{root}}slack/api/",
                "Secrets": { "BotToken": "{{SlackStandIn.Token}}", "WebhookUrl": "{{root}}slack/{{SlackStandIn.WebhookPath}}" }
              },
              "google-sheets-acme": {
                "Connector": "google-sheets",
                "BaseUrl": "{{root}}google/",
                "Settings": { "TokenUrl": "{{root}}google/token" },
                "Secrets": { "ServiceAccountKey": "file:{{Path.Combine(folder, KeyFile).Replace('\\', '/')}}" }
              },
              "google-calendar-acme": {
                "Connector": "google-calendar",
                "BaseUrl": "{{root}}google/calendar/v3/",
                "Settings": { "TokenUrl": "{{root}}google/token", "ActAs": "ana@shop.example" },
                "Secrets": { "ServiceAccountKey": "file:{{Path.Combine(folder, KeyFile).Replace('\\', '/')}}" }
              },
              "hubspot-acme": {
                "Connector": "hubspot",
                "BaseUrl": "{{root}}hubspot/",
                "Secrets": { "AccessToken": "{{HubSpotStandIn.Token}}" }
              },
              "salesforce-acme": {
                "Connector": "salesforce",
                "BaseUrl": "{{root}}salesforce/",
                "Settings": { "Domain": "stand-in.my.salesforce.com" },
                "Secrets": { "ClientId": "{{SalesforceStandIn.ClientId}}", "ClientSecret": "{{SalesforceStandIn.ClientSecret}}" }
              },
              "meltingspot-main": {
                "Connector": "meltingspot",
                "BaseUrl": "{{root}}meltingspot/",
                "Secrets": { "ApiKey": "{{MeltingSpotStandIn.Key}}" }
              },
              "livestorm-main": {
                "Connector": "livestorm",
                "BaseUrl": "{{root}}livestorm/v1/",
                "Secrets": { "ApiToken": "{{LivestormStandIn.Token}}" }
              },
              "email-acme": {
                "Connector": "email",
                "Settings": { "Host": "localhost", "Port": "{{mailPort}}", "Security": "none", "From": "{{ServeCommand.MailUser}}" },
                "Secrets": { "Username": "{{ServeCommand.MailUser}}", "Password": "{{ServeCommand.MailPassword}}" }
              },
              "http-acme": { "Connector": "http", "BaseUrl": "{{root}}http/" }

            Slack has the channels #general, #lives, #new-members and #leads. Google has the spreadsheet {{ServeCommand.Spreadsheet}} with the sheet Leads, and the
            calendar {{ServeCommand.TeamCalendar}}. Google's key is made anew at each start: the file above goes with this one.
            Salesforce tells contacts, leads, accounts and tasks apart by their field Gateway_Id__c.
            MeltingSpot has the live and the member of its own examples, Livestorm the event {{LivestormWorkspace.Demo}}
            with the session {{LivestormWorkspace.Morning}}.

            {{root}}_control shows what happened. Make one ill, and well again:
              curl -X POST {{root}}_control/slack -d '{"lose":0.1,"seed":1}'
              curl -X POST {{root}}_control/slack -d '{}'

            Every effect is a line below, a mail too.

            """;
    }
}
