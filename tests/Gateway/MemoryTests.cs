using System.Text.Json.Nodes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What one run makes, another finds.</summary>
public class MemoryTests
{
    private const string Announce = """
        version: 1
        name: Announce once
        when: { source: meltingspot, event: live.updated }
        zone: Europe/Paris
        steps:
          - id: post
            use: slack.post-message
            key: "live/{{ event.live.id }}"
            with: { channel: "C0123456789", text: "{{ event.live.status }}" }
            retry: []
        """;

    private const string Update = """
        version: 1
        name: Say that it has ended
        when: { source: meltingspot, event: member.created }
        zone: Europe/Paris
        let:
          made: { recall: "live/{{ event.live.id }}" }
        steps:
          - id: reply
            use: slack.post-message
            if: made.ts exists
            with: { channel: "{{ made.channel }}", text: "ended", thread: "{{ made.ts }}" }
            retry: []
        """;

    private static readonly Dictionary<string, string> Both = new() { ["announce"] = Announce, ["update"] = Update };

    [Fact]
    public async Task What_was_made_under_a_key_is_used_again_and_not_made_again()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["announce"] = Announce, ["other"] = Announce });
        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        await gateway.RunAsync("announce", row => row.State == RunState.Succeeded);
        await gateway.RunAsync("other", row => row.State == RunState.Succeeded);
        var posted = slack.Posted.Count;

        using var again = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("announce", row => row.State == RunState.Succeeded && row.Attempts == 0);

        Assert.Equal(posted, slack.Posted.Count);
        Assert.Contains("post: 'live/9d1c' was made before and is used again", run.Note, StringComparison.Ordinal);
        Assert.Equal("1.0", JsonNode.Parse(run.Outputs.Span)!["post"]!["ts"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_recipe_recalls_what_was_made_also_after_a_restart()
    {
        await using var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var before = await RunningGateway.StartAsync(slack.Address, Both, folder))
        {
            using var live = await before.PostAsync("live.updated", Bodies.LiveStarted);
            await before.RunAsync("announce", row => row.State == RunState.Succeeded);
        }

        await using (var after = await RunningGateway.StartAsync(slack.Address, Both, folder))
        {
            using var known = await after.PostAsync("member.created", """{"live":{"id":"9d1c"}}""");
            await after.RunAsync("update", row => row.State == RunState.Succeeded);
            using var unknown = await after.PostAsync("member.created", """{"live":{"id":"other"}}""");
            await after.RunAsync("update", row => row.State == RunState.Succeeded && row.Attempts == 0);
        }

        Assert.Equal("1.0", Assert.Single(slack.Posted, message => message["text"]!.GetValue<string>() == "ended")["thread_ts"]!.GetValue<string>());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Half_a_key_stops_the_run_before_anything_is_sent()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["announce"] = Announce });
        using var answer = await gateway.PostAsync("live.updated", """{"live":{"status":"Live"}}""");

        var run = await gateway.RunAsync("announce", row => row.State == RunState.DeadLettered);

        Assert.Equal("key_incomplete", run.Error!.Code);
        Assert.Empty(slack.Posted);
    }

    [Fact]
    public async Task A_rehearsal_neither_remembers_nor_uses_what_was_made()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, new Dictionary<string, string> { ["announce"] = Announce });
        using var test = await gateway.PostAsync("live.updated", """{"live":{"id":"9d1c","status":"Live"},"test":true}""");
        await gateway.RunAsync("announce", row => row is { State: RunState.Succeeded, Rehearsal: true });

        using var live = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("announce", row => row is { State: RunState.Succeeded, Rehearsal: false, Attempts: 1 });

        Assert.Single(slack.Posted);
    }
}
