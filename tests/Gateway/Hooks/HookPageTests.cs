using System.Text.Json;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>What an operator reads of a whole gateway: log, API and the page of <c>hooks</c>.</summary>
public class HookPageTests
{
    private static readonly (string, string) PublicUrl = ("Hub:PublicUrl", "https://hub.example.org");

    [Fact]
    public async Task A_gateway_that_heard_nothing_says_which_addresses_to_paste_where()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, PublicUrl);

        var page = await PageAsync(gateway);

        Assert.Contains("spot  (MeltingSpot)", page, StringComparison.Ordinal);
        Assert.Contains("2. Click on Add, choose the event this hook is for and paste https://hub.example.org/hooks/spot/{event}.", page, StringComparison.Ordinal);
        Assert.Contains("  https://hub.example.org/hooks/spot/live.updated\n    recipes   live: When MeltingSpot sends live.updated and event.live.status is Live, it posts a message to a channel, a thread or a person.\n    events    none yet\n  13 more events have addresses of their own", page, StringComparison.Ordinal);
        Assert.Contains("paste https://hub.example.org/hooks/inbox?token=<UrlToken>.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("slack", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Note:", page, StringComparison.Ordinal);
        Assert.Contains(gateway.Log.Lines, line => line.Contains("hook.url hook=spot/live.updated url=https://hub.example.org/hooks/spot/live.updated events=0 last=nothing yet refused=nothing", StringComparison.Ordinal));
        Assert.Contains(gateway.Log.Lines, line => line.Contains("hook.pattern source=meltingspot url=https://hub.example.org/hooks/spot/{event}", StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Log.Lines, line => line.Contains("hook.url hook=spot/member.created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_with_a_history_says_what_came_what_was_refused_and_what_that_puts_at_stake()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, PublicUrl);
        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_1");
        using var again = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_1");
        using var other = await gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
        using var broken = await gateway.PostAsync("live.updated", "hello");
        using var typo = await gateway.PostAsync("live.updated/", "{}");

        var page = await PageAsync(gateway);

        Assert.Matches(@"events    1; the last at \d\d:\d\d:\d\d \(evt_", page);
        Assert.Contains("repeats   2, 1 of them with another body; the first one counts", page, StringComparison.Ordinal);
        Assert.Contains("refused   1 not JSON", page, StringComparison.Ordinal);
        Assert.Matches(@"last      \d\d:\d\d:\d\d not JSON: ", page);
        Assert.Matches(@"failing   since \d\d:\d\d:\d\d: 1 delivery\n", page);
        Assert.Matches(@"! MeltingSpot tries again until .*; nothing is lost yet\. It disables this webhook at ", page);
        Assert.Contains("Other addresses below it: 1 no such hook.", page, StringComparison.Ordinal);
        Assert.Contains("It was sent to /hooks/spot/live.updated/.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Click on Add", page.Split("spot  (MeltingSpot)")[1], StringComparison.Ordinal);
        Assert.Contains("Click on Add", await PageAsync(gateway, "spot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_spells_out_the_usual_event_is_shown_once_something_came_there()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        Assert.DoesNotContain("/hooks/inbox/received", await PageAsync(gateway), StringComparison.Ordinal);

        using var taken = await gateway.Http.PostAsync($"/hooks/inbox/received?token={RunningGateway.UrlToken}", new StringContent("{}"));

        Assert.Matches(@"/hooks/inbox/received\?token=<UrlToken>
    recipes   .*
    events    1", await PageAsync(gateway));
    }

    [Fact]
    public async Task Refusals_and_repeats_are_listed_newest_first_and_told_apart()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_1");
        using var again = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_1");
        using var unsigned = await gateway.Http.PostAsync("/hooks/spot/live.updated", new StringContent("{}"));
        using var stranger = await gateway.Http.PostAsync("/hooks/nobody", new StringContent("{}"));
        var id = (await first.Content.ReadAsStringAsync()).Split('"')[5];

        var lines = await NotesAsync(gateway, "?limit=20");
        Assert.Equal("Refused: 1 without any proof, 1 no such hook.", lines[0]);
        Assert.Equal("Taken before: 1 duplicate.", lines[1]);
        Assert.Matches(@"^\d\d:\d\d:\d\d  refused  …  no such hook: .* It was sent to /hooks/nobody\.  \(sender unnamed, 2 bytes\)$", lines[3]);
        Assert.Matches(@"^\d\d:\d\d:\d\d  refused  spot/live\.updated  without any proof: ", lines[4]);
        Assert.Matches($@"^\d\d:\d\d:\d\d  repeat   spot/live\.updated  duplicate: Duplicate of {id}, with the same body\.  \(sender unnamed, \d+ bytes\)$", lines[5]);

        Assert.Equal(3, (await NotesAsync(gateway, "?duplicates=true")).Length);
        Assert.Equal(5, (await NotesAsync(gateway, "?hook=spot/live.updated")).Length);
        Assert.Equal(["Nothing was refused, and nothing came twice."], await NotesAsync(gateway, "?hook=inbox"));
    }

    [Fact]
    public async Task A_restart_forgets_neither_counts_nor_notes()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var before = await RunningGateway.StartAsync(null, Bodies.Live, folder))
        {
            using var taken = await before.PostAsync("live.updated", Bodies.LivePlanned);
            using var refused = await before.Http.PostAsync("/hooks/spot/live.updated", new StringContent("{}"));
        }

        await using (var after = await RunningGateway.StartAsync(null, Bodies.Live, folder))
        {
            Assert.Matches("hook.url hook=spot/live.updated .* events=1 last=.* refused=.* without any proof: ", string.Join('\n', after.Log.Lines));
            Assert.Equal("Refused: 1 without any proof.", (await NotesAsync(after, ""))[0]);
            Assert.Null((await after.Store.LivenessAsync(CancellationToken.None))!.LastDowntime);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_start_after_a_downtime_warns_of_what_it_has_cost()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var before = await RunningGateway.StartAsync(null, Bodies.Live, folder))
        {
            using var taken = await before.PostAsync("live.updated", Bodies.LivePlanned);
        }

        await using (var store = await ConnectorHub.Storage.SqliteHubStore.OpenAsync(new() { DataFolder = Path.Combine(folder, "data") }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, CancellationToken.None))
        {
            await store.KeepHooksAsync([], new Liveness(TimeProvider.System.GetUtcNow().AddDays(-3), null), CancellationToken.None);
        }

        await using (var after = await RunningGateway.StartAsync(null, Bodies.Live, folder))
        {
            Assert.Matches(@"Warning gateway\.was-down connection=spot The gateway was down for 3 days\. MeltingSpot has given up on what it first sent between ", string.Join('\n', after.Log.Lines));
            Assert.DoesNotContain(after.Log.Lines, line => line.Contains("was-down connection=inbox", StringComparison.Ordinal));
            Assert.Contains("The gateway was down for 3 days, from ", await PageAsync(after), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Only_the_command_writes_a_token_into_an_address()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, PublicUrl);
        var answer = await AnswerAsync(gateway, "/api/hooks?connection=inbox");
        var setup = HubSetup.Of(new Dictionary<string, string?> { ["Connections:inbox:Connector"] = "webhook", ["Connections:inbox:Secrets:UrlToken"] = "a/token & more" }, gateway.Folder);

        var shown = HooksCommand.WithTokens(answer, setup.Settings).Connections[0].Sources[0];

        Assert.Equal("https://hub.example.org/hooks/inbox?token=<UrlToken>", answer.Connections[0].Sources[0].Hooks[0].Url);
        Assert.Equal("https://hub.example.org/hooks/inbox?token=a%2Ftoken%20%26%20more", shown.Hooks[0].Url);
        Assert.Contains("token=a%2Ftoken%20%26%20more", shown.Setup[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hub.example.org", "is not HTTPS")]
    [InlineData("https://localhost:8443", "leads to the platform's own machine")]
    [InlineData("https://192.0.2.7", "has an IP address instead of a host name")]
    [InlineData("https://[2001:db8::7]", "has an IP address instead of a host name")]
    [InlineData("", "is where the hub listens, not how platforms reach it")]
    [InlineData("https://hub.example.org/below", null)]
    public async Task An_address_that_platforms_will_not_call_is_said_to_be_one(string url, string? hint)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hub:PublicUrl", url));
        var answer = await AnswerAsync(gateway, "/api/hooks");
        if (hint is null)
        {
            Assert.Null(answer.AddressHint);
            Assert.Equal("https://hub.example.org/below/hooks/spot/{event}", answer.Connections.Single(c => c.Name == "spot").Sources[0].Url);
        }
        else
        {
            Assert.Contains(hint, answer.AddressHint, StringComparison.Ordinal);
            Assert.Contains(gateway.Log.Lines, line => line.StartsWith("Warning hook.address ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_source_whose_secret_is_not_set_says_so_to_our_people_only()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var refused = await gateway.Http.PostAsync("/hooks/slack", new StringContent("{}"));

        Assert.Equal("{\"error\":\"not accepted\"}", await refused.Content.ReadAsStringAsync());
        var lines = await NotesAsync(gateway, "?hook=slack");
        Assert.Equal("Refused: 1 the hub lacks a setting.", lines[0]);
        Assert.Contains("Connection 'slack' sets none of SigningSecret", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_does_not_receive_is_not_found()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        await gateway.GetAsync("/api/hooks");
        foreach (var name in (string[])["slack", "nobody"])
        {
            using var answer = await gateway.Admin.GetAsync($"/api/hooks?connection={name}");
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<HooksAnswer> AnswerAsync(RunningGateway gateway, string path) =>
        JsonSerializer.Deserialize<HooksAnswer>(await gateway.GetAsync(path), AdminClient.Readable)!;

    private static async Task<string> PageAsync(RunningGateway gateway, string? connection = null)
    {
        var answer = await AnswerAsync(gateway, connection is null ? "/api/hooks" : $"/api/hooks?connection={connection}");
        using var page = new StringWriter { NewLine = "\n" };
        new HookPrinter(page, new HubTime("Europe/Paris", TimeProvider.System)).Hooks(answer, inFull: connection is not null);
        return page.ToString();
    }

    private static async Task<string[]> NotesAsync(RunningGateway gateway, string query)
    {
        var answer = JsonSerializer.Deserialize<NotesAnswer>(await gateway.GetAsync($"/api/events/refused{query}"), AdminClient.Readable)!;
        using var page = new StringWriter { NewLine = "\n" };
        new HookPrinter(page, new HubTime("Europe/Paris", TimeProvider.System)).Notes(answer);
        return page.ToString().TrimEnd().Split('\n');
    }
}
