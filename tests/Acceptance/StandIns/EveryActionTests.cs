using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Gateway.Outbound.Mail;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.StandIns.Http;
using ConnectorHub.Tests.StandIns.HubSpot;
using ConnectorHub.Tests.StandIns.Livestorm;
using ConnectorHub.Tests.StandIns.MeltingSpot;
using ConnectorHub.Tests.StandIns.Salesforce;
using ConnectorHub.Tests.StandIns.Slack;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.Acceptance.StandIns;

/// <summary>The catalog says what there is: each action of each connector does its effect at a stand-in.</summary>
public sealed class EveryActionTests
{
    private static readonly HandClock Clock = new();

    // What a connector is taken through, on a stand-in of its own.
    private static readonly Dictionary<string, Func<Task<StandInHub>>> Rounds = new()
    {
        ["email"] = MailAsync,
        ["google-calendar"] = CalendarAsync,
        ["google-sheets"] = SheetsAsync,
        ["http"] = HttpAsync,
        ["hubspot"] = HubSpotAsync,
        ["livestorm"] = LivestormAsync,
        ["meltingspot"] = MeltingSpotAsync,
        ["salesforce"] = SalesforceAsync,
        ["slack"] = SlackAsync,
    };

    public static TheoryData<string> Connectors => [.. ConnectorCatalog.All.Where(connector => connector.Actions.Count > 0).Select(connector => connector.Manifest.Name)];

    [Theory]
    [MemberData(nameof(Connectors))]
    public async Task Every_action_does_its_effect_at_a_stand_in(string connector)
    {
        Assert.True(Rounds.TryGetValue(connector, out var round), $"'{connector}' has actions and no round here.");
        var done = (await round()).DoneActions;

        Assert.Equal(ConnectorCatalog.All.Single(one => one.Manifest.Name == connector).Actions.Select(action => action.Name).Order(StringComparer.Ordinal), done);
    }

    private static async Task<StandInHub> MailAsync()
    {
        await using var server = SmtpStandIn.Start(new SmtpHouse { Username = "hub@acme.example", Password = "stand-in" });
        var policy = new OutboundPolicy(["127.0.0.1"], []);
        var path = new MailPath(policy, new Dialer(policy), TimeProvider.System);
        var secrets = new Dictionary<string, IReadOnlyList<Secret>> { ["Username"] = [new Secret("hub@acme.example")], ["Password"] = [new Secret("stand-in")] };
        var connection = new Connection("mail-acme", "email", ConnectionMode.Live, null, secrets, new Dictionary<string, string>(), "0123456789abcdef", null);
        var hub = new StandInHub("email", new EchoStandIn(Clock), Clock)
        {
            Secrets = { ["Username"] = "hub@acme.example", ["Password"] = "stand-in" },
            Settings = { ["Host"] = "localhost", ["Port"] = $"{server.Port}", ["Security"] = "none", ["From"] = "hub@acme.example" },
            MailWay = (mail, cancelled) => path.SendAsync(connection, mail, TimeProvider.System.GetUtcNow().AddSeconds(10), cancelled),
        };

        await hub.DoneAsync("send", """{"to":"ana@shop.example","subject":"Welcome","text":"Hello Ana"}""");

        var taken = Assert.Single(server.Mails);
        Assert.Equal(("ana@shop.example", "Welcome", true), (Assert.Single(taken.Recipients), taken.Header("Subject"), taken.SignedIn));
        return hub;
    }

    private static async Task<StandInHub> CalendarAsync()
    {
        using var google = Platforms.Google(Clock);
        var hub = Platforms.Calendar(google, Clock, Platforms.Person);
        const string Tour = "\"calendar\":\"sales@acme.example\",\"title\":\"Tour\",\"start\":\"2026-09-10T10:00:00+09:00\",\"end\":\"2026-09-10T10:30:00+09:00\"";
        var id = (await hub.DoneAsync("create-event", $$"""{{{Tour}}}""")).GetProperty("id").GetString();
        var on = $"\"calendar\":\"sales@acme.example\",\"event\":\"{id}\"";
        await hub.DoneAsync("update-event", $$"""{{{on}},"title":"Long tour"}""");
        await hub.DoneAsync("invite-attendees", $$"""{{{on}},"attendees":["a@x.example"]}""");
        await hub.DoneAsync("remove-attendees", $$"""{{{on}},"attendees":["a@x.example"]}""");
        await hub.DoneAsync("find-event", $$"""{{{on}}}""");
        await hub.DoneAsync("cancel-event", $$"""{{{on}}}""");

        var made = await hub.DoneAsync("upsert-event", $$"""{{{Tour}}}""", "upsert");
        var moved = await hub.DoneAsync("upsert-event", $$"""{{{Tour.Replace("10:30", "11:00", StringComparison.Ordinal)}}}""", "upsert");
        Assert.Equal(made.GetProperty("id").GetString(), moved.GetProperty("id").GetString());
        return hub;
    }

    private static async Task<StandInHub> SheetsAsync()
    {
        using var google = Platforms.Google(Clock);
        var hub = Platforms.Sheets(google, Clock);
        const string Leads = "\"spreadsheet\":\"s1\",\"sheet\":\"Leads\"";
        await hub.DoneAsync("create-sheet-if-missing", """{"spreadsheet":"s1","sheet":"New","header":["Name"]}""");
        await hub.DoneAsync("append-row", $$$"""{{{{Leads}}},"values":{"Email":"ana@shop.example"}}""", "append");
        await hub.DoneAsync("upsert-row", $$$"""{{{{Leads}}},"key":"Email","values":{"Email":"ana@shop.example","Score":4}}""", "upsert");
        await hub.DoneAsync("update-row", $$$"""{{{{Leads}}},"row":2,"values":{"Name":"Ana"}}""", "update");
        await hub.DoneAsync("find-row", $$"""{{{Leads}},"column":"Email","value":"ana@shop.example"}""");
        await hub.DoneAsync("read-range", $$"""{{{Leads}},"cells":"A2:C2"}""");
        return hub;
    }

    private static async Task<StandInHub> HttpAsync()
    {
        var hub = new StandInHub("http", new EchoStandIn(Clock), Clock);
        await hub.DoneAsync("request", """{"url":"orders","method":"POST","body":{"n":1}}""");
        return hub;
    }

    private static async Task<StandInHub> HubSpotAsync()
    {
        var hub = Platforms.HubSpot(new HubSpotStandIn(Clock), Clock);
        var made = await hub.DoneAsync("upsert-contact", """{"email":"ana@shop.example","properties":{"firstname":"Ana"}}""");
        var id = made.GetProperty("id").GetString();
        await hub.DoneAsync("update-contact", $$"""{"id":"{{id}}","properties":{"lastname":"Silva"} }""");
        await hub.DoneAsync("find-contact", """{"email":"ana@shop.example"}""");
        await hub.DoneAsync("add-note", $$"""{"contact":"{{id}}","body":"Hello"}""");
        await hub.DoneAsync("associate", $$"""{"from":"contacts","from_id":"{{id}}","to":"companies","to_id":"21004837711"}""");
        await hub.DoneAsync("add-to-list", $$"""{"list":"1","contact":"{{id}}"}""");

        var batch = await hub.DoneAsync("batch-upsert-contacts", """{"contacts":[{"email":"ana@shop.example","properties":{"firstname":"Ana"}},{"email":"kenji@shop.example","properties":{"firstname":"Kenji"}}]}""");
        Assert.Equal(2, batch.GetProperty("doneCount").GetInt32());
        return hub;
    }

    private static async Task<StandInHub> LivestormAsync()
    {
        var hub = Platforms.Livestorm(new LivestormStandIn(Clock), Clock);
        await hub.DoneAsync("get-event", $$"""{"event":"{{LivestormWorkspace.Demo}}"}""");
        await hub.DoneAsync("get-session", $$"""{"session":"{{LivestormWorkspace.Morning}}"}""");
        await hub.DoneAsync("list-session-people", $$"""{"session":"{{LivestormWorkspace.Morning}}"}""");
        return hub;
    }

    private static async Task<StandInHub> MeltingSpotAsync()
    {
        var hub = Platforms.MeltingSpot(new MeltingSpotStandIn(Clock), Clock);
        await hub.DoneAsync("get-live", """{"live":"00000000-0000-0000-0000-000000000000"}""");
        var member = await hub.DoneAsync("find-member", """{"email":"john.doe@meltingspot.io"}""");
        await hub.DoneAsync("get-form-answers", $$"""{"member":"{{member.GetProperty("id").GetString()}}"}""");
        return hub;
    }

    private static async Task<StandInHub> SalesforceAsync()
    {
        var hub = Platforms.Salesforce(new SalesforceStandIn(Clock), Clock);
        await hub.DoneAsync("upsert-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"7","fields":{"LastName":"Silva"}}""");
        await hub.DoneAsync("find-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"7"}""");
        return hub;
    }

    private static async Task<StandInHub> SlackAsync()
    {
        var hub = Platforms.Slack(new SlackStandIn(Clock), Clock);
        await hub.DoneAsync("join-channel", """{"channel":"#random"}""");
        var posted = await hub.DoneAsync("post-message", """{"channel":"#random","text":"Hello"}""");
        await hub.DoneAsync("update-message", $$"""{"channel":"{{posted.GetProperty("channel").GetString()}}","ts":"{{posted.GetProperty("ts").GetString()}}","text":"Bye"}""");
        await hub.DoneAsync("post-webhook", """{"text":"Hello"}""");
        await hub.DoneAsync("find-user-by-email", """{"email":"ana@shop.example"}""");
        return hub;
    }
}
