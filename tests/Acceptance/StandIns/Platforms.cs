using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Calendars;
using ConnectorHub.Tests.StandIns.Google.Sheets;
using ConnectorHub.Tests.StandIns.HubSpot;
using ConnectorHub.Tests.StandIns.Livestorm;
using ConnectorHub.Tests.StandIns.MeltingSpot;
using ConnectorHub.Tests.StandIns.Salesforce;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Acceptance.StandIns;

/// <summary>Connections to stand-ins, and what stands there at the beginning.</summary>
internal static class Platforms
{
    public const string Team = "sales@acme.example";

    public const string Person = "ana@shop.example";

    public static StandInHub Slack(SlackStandIn slack, TimeProvider time) => new("slack", slack, time, "api/")
    {
        Secrets = { ["BotToken"] = SlackStandIn.Token, ["WebhookUrl"] = "https://hooks.slack.com/" + SlackStandIn.WebhookPath },
    };

    public static StandInHub HubSpot(HubSpotStandIn hubSpot, TimeProvider time, string version = "2026-09") => new("hubspot", hubSpot, time)
    {
        Secrets = { ["AccessToken"] = HubSpotStandIn.Token },
        Settings = { ["ApiVersion"] = version },
    };

    public static StandInHub Salesforce(SalesforceStandIn salesforce, TimeProvider time) => new("salesforce", salesforce, time)
    {
        Secrets = { ["ClientId"] = SalesforceStandIn.ClientId, ["ClientSecret"] = SalesforceStandIn.ClientSecret },
        Settings = { ["Domain"] = "stand-in.my.salesforce.com" },
    };

    public static StandInHub MeltingSpot(MeltingSpotStandIn spot, TimeProvider time) => new("meltingspot", spot, time)
    {
        Secrets = { ["ApiKey"] = MeltingSpotStandIn.Key },
    };

    public static StandInHub Livestorm(LivestormStandIn livestorm, TimeProvider time) => new("livestorm", livestorm, time, "v1/")
    {
        Secrets = { ["ApiToken"] = LivestormStandIn.Token },
    };

    /// <summary>Works as a person, by the refresh token they gave the app.</summary>
    public static StandInHub AsPerson(string connector, GoogleStandIn google, TimeProvider time, string root = "") => new(connector, google, time, root)
    {
        Secrets = { ["RefreshToken"] = GoogleTokens.RefreshToken, ["ClientSecret"] = GoogleTokens.ClientSecret },
        Settings = { ["ClientId"] = GoogleTokens.ClientId },
    };

    /// <summary>Google with a spreadsheet <c>s1</c> whose sheet is <c>Leads</c>, and a team's calendar, both shared with the service account and the person.</summary>
    public static GoogleStandIn Google(TimeProvider time, int sheetsPerMinute = 60)
    {
        var google = new GoogleStandIn(time, sheetsPerMinute: sheetsPerMinute);
        google.Spreadsheets["s1"] = new Spreadsheet("s1", ServiceAccount.Email, Person).With("Leads", "Email", "Name", "Score", "Hub");
        google.Calendars.Add(new Calendar(Team, "Europe/Paris", ServiceAccount.Email, Person));
        google.Calendars.Add(new Calendar(Person, "Europe/Paris"));
        return google;
    }

    public static StandInHub Sheets(GoogleStandIn google, TimeProvider time) => new("google-sheets", google, time)
    {
        Secrets = { ["ServiceAccountKey"] = google.Account.ToKeyFile() },
    };

    /// <summary>Works in a person's name where <paramref name="actAs"/> is given.</summary>
    public static StandInHub Calendar(GoogleStandIn google, TimeProvider time, string? actAs = null)
    {
        var hub = new StandInHub("google-calendar", google, time, "calendar/v3/") { Secrets = { ["ServiceAccountKey"] = google.Account.ToKeyFile() } };
        if (actAs is not null)
        {
            hub.Settings["ActAs"] = actAs;
        }

        return hub;
    }
}
