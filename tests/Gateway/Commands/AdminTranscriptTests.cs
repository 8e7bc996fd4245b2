using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>What an admin reads who wants to know what came and what became of it, to the letter.</summary>
public sealed class AdminTranscriptTests
{
    [Fact]
    public async Task What_came_and_why_it_did_or_did_not_lead_to_something()
    {
        await using var house = await CommandHouse.StartAsync(Bodies.Live);
        var screen = house.Transcript("events");
        await screen.CallAsync("events");
        await screen.CallAsync("runs");
        using var first = await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
        var run = await house.Gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        using (await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_1"))
        using (await house.Gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_2"))
        using (await house.Gateway.Http.PostAsync(new Uri("hooks/spot/live.updated", UriKind.Relative), new StringContent("{}")))
        {
        }

        await screen.CallAsync("events");
        await screen.CallAsync("events --json");
        await screen.CallAsync("events news");
        await screen.CallAsync("events nobody@example.org");
        await screen.CallAsync("events --refused");
        await screen.CallAsync("events --duplicates");
        await screen.CallAsync("events --limit none");
        await screen.CallAsync("runs");
        await screen.CallAsync("runs --state Succeeded --json");
        await screen.CallAsync("runs --state Finished");
        await screen.CallAsync("runs news");
        await screen.CallAsync("runs news --state DeadLettered");
        await screen.CallAsync($"runs {run.Id} --json");
        await screen.CallAsync("runs nobody@example.org");
        await screen.CallAsync("runs --limit 1000");
        await screen.CallAsync($"show {run.EventId}");
        await screen.CallAsync($"show {run.Id} --json");
        await screen.CallAsync("show evt_nothing");
        await screen.CallAsync("show \"\"");
        await screen.CallAsync($"why {run.EventId}");
        await screen.CallAsync("why Planned");
        await screen.CallAsync($"why {run.EventId} live --json");
        await screen.CallAsync($"why {run.EventId} lvie");
        await screen.CallAsync("why nobody@example.org");
        var planned = (await house.Gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None))[0].Id;
        await screen.CallAsync($"replay {planned}");
        await screen.CallAsync($"replay {planned} --json");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task Hooks_and_what_they_get()
    {
        await using var house = await CommandHouse.StartAsync(Bodies.Live);
        var screen = house.Transcript("hooks");

        await screen.CallAsync("hooks");
        await screen.CallAsync("hooks inbox --show-token");
        await screen.CallAsync("send meltingspot live.updated --set live.status=Live --twice");
        await screen.CallAsync("send meltingspot/live.updated --set live.status=Over --twice --json");
        await screen.CallAsync("send meltingspot live.updatd");
        await screen.CallAsync("send meltingspot/live.updated --set live.status");
        await screen.CallAsync("hooks spot");
        await screen.CallAsync("hooks inbox --json");
        await screen.CallAsync("hooks nobody");
        await screen.CallAsync("learn nobody/nothing");
        await screen.CallAsync("learn spot/live.updated --end");
        var sent = (await house.Gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None))[^1].Id;
        await screen.CallAsync($"sample {sent} {Path.Combine(house.Folder, "sample.json")}");
        await screen.CallAsync($"sample {sent} {Path.Combine(house.Folder, "sample.json")}");
        await screen.CallAsync($"sample {sent} {Path.Combine(house.Folder, "other.json")} --json");
        await screen.CallAsync("sample evt_nothing");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task A_lesson_shows_what_a_hook_gets_until_it_is_ended()
    {
        await using var house = await CommandHouse.StartAsync(Bodies.Live);
        var screen = house.Transcript("learn");

        var other = house.Transcript("learn-end");
        foreach (var how in (string[])["", " --json"])
        {
            var lesson = screen.CallAsync($"learn spot/live.updated{how}");
            await RunningGateway.EventuallyAsync(async () => (await house.Gateway.GetAsync("api/learn")).Contains("spot/live.updated", StringComparison.Ordinal) ? "begun" : null, "a lesson");
            using (await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted))
            {
            }

            await other.CallAsync($"learn spot/live.updated --end{how}");
            await lesson;
        }

        await screen.HoldAsync();
        await other.HoldAsync();
    }

    [Fact]
    public async Task The_doctor_backups_and_what_is_said_where_no_gateway_runs()
    {
        await using var house = await CommandHouse.StartAsync(Bodies.Live, ("Connections:crm:Connector", "hubspot"), ("Connections:crm:Secrets:AccessToken", "file:nothing"));
        var screen = house.Transcript("service");
        var backup = Path.Combine(house.Folder, "monday.db");
        using (await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted))
        {
        }

        await house.Gateway.RunAsync("live", run => run.State == RunState.Succeeded);

        await screen.CallAsync("doctor");
        await screen.CallAsync("doctor --json");
        await screen.CallAsync($"backup {backup}");
        await screen.CallAsync($"backup {backup}");
        await screen.CallAsync($"backup {backup}.json --json");
        // As in a folder that belongs to another user.
        Directory.CreateDirectory($"{backup}.theirs.partial");
        await screen.CallAsync($"backup {backup}.theirs");
        await screen.CallAsync($"restore {backup}");
        await house.StopAsync();
        await screen.CallAsync("doctor");
        await screen.CallAsync("runs --json");
        await screen.CallAsync("hooks spot");
        await screen.CallAsync("learn spot/live.updated");
        await screen.CallAsync("send meltingspot/live.updated");
        await screen.CallAsync("pause all --why restored");
        await screen.CallAsync($"restore {backup}");
        await screen.CallAsync($"restore {backup}.json --json");
        await screen.CallAsync($"restore {Path.Combine(house.Folder, "nothing.db")}");
        await screen.CallAsync($"restore {Path.Combine(house.Folder, "appsettings.json")}");
        await screen.HoldAsync();
    }
}
