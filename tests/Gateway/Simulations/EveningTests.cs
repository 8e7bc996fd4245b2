using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Sheets;
using ConnectorHub.Tests.StandIns.HubSpot;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>An evening on which much goes wrong at once: Slack is down, HubSpot's token is renewed, Sheets has no quota left.</summary>
[Collection(MeasuresTheProcess.Name)]
public sealed class EveningTests : IDisposable
{
    private const int Messages = 5_000;
    private const int Contacts = 200;
    private const int Rows = 300;
    private const int Mails = 2;
    private const int Rooms = 2;
    private const string NewToken = "pat-eu1-stand-in-111111111111";

    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly VirtualTime _time = new();
    private readonly SlackStandIn _slack;
    private readonly HubSpotStandIn _hubSpot;
    private readonly GoogleStandIn _google;
    private readonly DateTimeOffset _evening = new(2026, 9, 1, 17, 0, 0, TimeSpan.Zero);

    public EveningTests()
    {
        _slack = new SlackStandIn(_time, perChannel: 20);
        _slack.Workspace.Channels.AddRange(Enumerable.Range(0, Rooms).Select(room => new SlackChannel($"C00000001{room:00}", $"room-{room}") { HasBot = true }));
        _hubSpot = new HubSpotStandIn(_time);
        _google = new GoogleStandIn(_time);
        _google.Spreadsheets["s1"] = new Spreadsheet("s1", ServiceAccount.Email).With("Leads", "Number", "Hub");
        File.WriteAllText(_tokenFile, HubSpotStandIn.Token);
    }

    public void Dispose()
    {
        File.Delete(_tokenFile);
        _google.Dispose();
    }

    [Fact]
    public async Task Nothing_of_an_evening_is_lost_or_doubled_and_no_run_gives_up()
    {
        _time.GoTo(_evening);
        await using var hub = await StartAsync();

        // 19:00 in Paris: Slack refuses connections, then answers 503. The events come in within half an hour.
        _slack.Faults.Plan = new FaultPlan { Outage = Outage.Refused };
        for (var minute = 0; minute < 30; minute++)
        {
            await PostAsync(hub, "said", minute, Messages / 30, i => $$"""{"number":{{i}},"room":"C00000001{{i % Rooms:00}}"}""");
            await hub.RunUntilAsync(_evening.AddMinutes(minute + 1), idle: true);
        }

        await PostAsync(hub, "said", 0, Messages % 30, i => $$"""{"number":{{Messages - 1 - i}},"room":"C0000000100"}""");
        var before = Memory();

        // 19:35: the old token of HubSpot is no longer good.
        _hubSpot.Accepted = NewToken;
        await hub.RunUntilAsync(_evening.AddMinutes(35), idle: true);
        await PostAsync(hub, "met", 0, Contacts, i => $$"""{"email":"person{{i}}@shop.example"}""");

        // 19:50: another program has used up the quota of Sheets.
        await hub.RunUntilAsync(_evening.AddMinutes(50), idle: true);
        _google.Faults.Plan = new FaultPlan { Limit = 1, Only = "values.append" };
        await PostAsync(hub, "row", 0, Rows, i => $$"""{"number":{{i}}}""");

        await hub.RunUntilAsync(_evening.AddHours(1), idle: true);
        _slack.Faults.Plan = new FaultPlan { Outage = Outage.Unavailable };
        await hub.RunUntilAsync(_evening.AddMinutes(75), idle: true);
        _google.Faults.Plan = new FaultPlan();
        await hub.RunUntilAsync(_evening.AddHours(2), idle: true);

        await HeldUpAsync(hub, Memory() - before);

        // 21:00: Slack is back. 21:10: new credentials are in the file.
        _slack.Faults.Plan = new FaultPlan();
        await hub.RunUntilAsync(_evening.AddMinutes(130), idle: true);
        await File.WriteAllTextAsync(_tokenFile, NewToken);
        await hub.RunUntilAsync(_evening.AddHours(8));

        Assert.Equal(
            new Dictionary<RunState, long> { [RunState.Succeeded] = Messages + Contacts + Rows + Mails },
            (await hub.StatesAsync()).Where(state => state.Value > 0).ToDictionary());
        Assert.Equal(Mails, hub.Outbound.Mails.Count);
        Assert.Equal((Messages, 0), (_slack.Book.Effects, _slack.Book.Doubles));
        Assert.Equal(Messages, _slack.Look(() => _slack.Workspace.Channels.SelectMany(channel => channel.Messages).Select(message => message.Text).Distinct().Count()));
        Assert.Equal(Rows + 1, _google.Spreadsheets["s1"].Sheets[0].Rows);
        Assert.Equal(Contacts, _hubSpot.Look(() => _hubSpot.Records.Of("contacts").Count()));
    }

    // What the operator would see at 21:00.
    private async Task HeldUpAsync(SimulatedHub hub, long grown)
    {
        var runs = await hub.Store.ListRunsAsync(new RunQuery(Limit: 10_000), CancellationToken.None);
        var said = runs.Where(run => run.RecipeId == "said").ToList();
        Assert.Equal(Messages, said.Count(run => run.State == RunState.Waiting));

        // Those whose attempts showed that it is down, and the trials since, used a try; none of the thousands that wait did.
        Assert.InRange(said.Count(run => run.StepTries > 0), 1, 80);
        Assert.InRange(said.Max(run => run.StepTries), 1, 3);
        Assert.Equal((0, Rows), (runs.Count(run => run.RecipeId == "row" && run.StepTries > 0), runs.Count(run => run.RecipeId == "row" && run.State == RunState.Succeeded)));

        var blocked = Assert.Single(await hub.Store.BlockedConnectionsAsync(CancellationToken.None));
        Assert.Equal("hubspot", blocked.Connection);
        Assert.Equal(Contacts, runs.Count(run => run.RecipeId == "met" && run.State is RunState.Blocked or RunState.Waiting or RunState.Queued));

        // One mail for each of the two that a person should know of; Sheets came back by itself, and soon.
        Assert.Equal(["slack does not answer", "hubspot is blocked"], hub.Outbound.Mails.Select(mail => mail.Subject[(mail.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        Assert.InRange(grown, long.MinValue, 4 * 1024 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{_slack.Book.CallsOf("chat.postMessage")} requests to Slack while it was down, {said.Count(run => run.StepTries > 0)} runs with a try used; memory grown by {grown / 1024} KB");
    }

    private static async Task PostAsync(SimulatedHub hub, string type, int batch, int count, Func<int, string> body) =>
        await Task.WhenAll(Enumerable.Range(batch * count, count).Select(i => hub.PostAsync(body(i), type)));

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private Task<SimulatedHub> StartAsync() => SimulatedHub.StartAsync(
        _time,
        new Dictionary<string, StandIn> { ["slack"] = _slack, ["hubspot"] = _hubSpot, ["google-sheets"] = _google },
        new Dictionary<string, string>
        {
            ["said"] = """
                version: 1
                name: Said
                when: { source: webhook, event: said }
                steps:
                  - { id: said, use: slack.post-message, with: { channel: "{{ event.room }}", text: "Message {{ event.number }}" } }
                """,
            ["met"] = """
                version: 1
                name: Met
                when: { source: webhook, event: met }
                steps:
                  - { id: contact, use: hubspot.upsert-contact, with: { email: "{{ event.email }}" } }
                """,
            ["hub-to-email"] = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hub-to-email.yaml")),
            ["row"] = """
                version: 1
                name: Row
                when: { source: webhook, event: row }
                steps:
                  - { id: row, use: google-sheets.append-row, with: { spreadsheet: s1, sheet: Leads, values: { Number: "{{ event.number }}" }, key_column: Hub } }
                """,
        },
        ("Connections:slack:Connector", "slack"),
        ("Connections:slack:Secrets:BotToken", SlackStandIn.Token),
        ("Connections:hubspot:Connector", "hubspot"),
        ("Connections:hubspot:Secrets:AccessToken", $"file:{_tokenFile}"),
        ("Connections:mail:Connector", "email"),
        ("Connections:mail:Settings:Host", "mail.acme.example"),
        ("Connections:mail:Settings:From", "hub@acme.example"),
        ("Connections:google-sheets:Connector", "google-sheets"),
        ("Connections:google-sheets:Secrets:ServiceAccountKey", _google.Account.ToKeyFile()));
}
