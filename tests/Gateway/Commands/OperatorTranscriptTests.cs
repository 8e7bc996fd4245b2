using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>What an operator reads who decides what is tried again, to the letter.</summary>
public sealed class OperatorTranscriptTests
{
    private const string NoChannel = "{\"ok\":false,\"error\":\"channel_not_found\"}";

    private static readonly Dictionary<string, string> Recipes = new()
    {
        ["two"] = """
            version: 1
            name: Two messages
            when: { source: meltingspot, event: live.updated }
            steps:
              - { id: first, use: slack.post-message, with: { channel: C1, text: "first {{ event.live.name }}" } }
              - { id: second, use: slack.post-message, with: { channel: C2, text: second } }
            """,
    };

    [Fact]
    public async Task Dead_letters_are_listed_rehearsed_replayed_and_given_up()
    {
        await using var house = await CommandHouse.StartAsync(Recipes);
        var screen = house.Transcript("dead-letters");
        await screen.CallAsync("dead-letters");
        var (first, second) = (await DeadAsync(house), await DeadAsync(house));

        await screen.CallAsync("dead-letters");
        await screen.CallAsync("dead-letters --list");
        await screen.CallAsync("dead-letters --code channel_not_found --json");
        await screen.CallAsync("dead-letters --since yesterday");
        await screen.CallAsync("dead-letters --recipe other");
        await screen.CallAsync("dead-letters --list --limit 0");
        await screen.CallAsync($"replay {first} --rehearse");
        await screen.CallAsync("replay --recipe two --rehearse --json");
        await screen.CallAsync("replay --connection slack --count");
        await screen.CallAsync($"replay {first} --count");
        await screen.CallAsync($"replay {first} --cron \"0 2 * * *\"");
        await screen.CallAsync("replay --recipe two --at 2h --cron \"0 2 * * *\"");
        await screen.CallAsync("replay --recipe two --at 2020-01-01");
        await screen.CallAsync("replay --recipe two --at 03/04/2050");
        await screen.CallAsync("replay --recipe two --at 2h --since 2026-05-07");
        await screen.CallAsync($"replay {first} --why \"the channel is there again\"");
        await house.Gateway.RunAsync("two", run => run.Id == first && run.State == RunState.Succeeded);
        await screen.CallAsync($"replay {first}");
        await screen.CallAsync($"replay {first} --again --json");
        await screen.CallAsync("replay run_nobody");
        await screen.CallAsync("replay nobody@example.org");
        await screen.CallAsync("replay");
        await screen.CallAsync("replay --recipe other --rehearse");
        await screen.CallAsync("replay --recipe two --at tomorrow");
        await screen.CallAsync($"cancel {second}");
        await screen.CallAsync($"cancel {second} --why \"nobody needs it\"");
        await screen.CallAsync($"cancel {second} --why twice");
        await screen.CallAsync("cancel --why \"no run named\"");
        await screen.CallAsync("cancel --recipe two --why \"all of them\" --json");
        await screen.CallAsync("audit");
        await screen.CallAsync($"audit {second} --json");
        await screen.CallAsync("audit nobody");
        await screen.CallAsync("audit --limit many");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task A_doubt_is_settled()
    {
        var webhook = Bodies.LiveRecipe.Replace("slack.post-message", "slack.post-webhook", StringComparison.Ordinal).Replace("      channel: \"C0123456789\"\n", string.Empty, StringComparison.Ordinal);
        await using var house = await CommandHouse.StartAsync(new Dictionary<string, string> { ["live"] = webhook }, ("Connections:slack:Secrets:WebhookUrl", $"{CommandHouse.SlackAddress}/services/T/B/canary"));
        var screen = house.Transcript("decide");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            house.Slack.Answers.Enqueue((200, null));
        }

        var first = await AskingAsync(house, null);
        var second = await AskingAsync(house, first);
        house.Slack.Answers.Enqueue((200, "ok"));

        await screen.CallAsync("dead-letters");
        await screen.CallAsync($"decide {first} perhaps");
        await screen.CallAsync($"decide {first} happened --why \"it is in the channel\"");
        await screen.CallAsync($"decide {second} send-again --json");
        await house.Gateway.RunAsync("live", run => run.Id == first && run.State == RunState.Succeeded);
        await screen.CallAsync($"decide {first} happened");
        await screen.CallAsync("decide run_nobody happened");
        await house.Gateway.RunAsync("live", run => run.Id == second && run.State == RunState.Succeeded);
        house.Slack.Answers.Enqueue((200, null));
        var third = await AskingAsync(house, null);
        await screen.CallAsync($"cancel {third} --why \"nobody can tell\"");
        await screen.CallAsync($"replay {third}");
        await screen.CallAsync($"show {third}");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task Pauses_are_begun_listed_and_ended()
    {
        await using var house = await CommandHouse.StartAsync(Recipes);
        var screen = house.Transcript("pauses");

        await screen.CallAsync("pause");
        await screen.CallAsync("pause connection slack --why \"Slack is down\"");
        await screen.CallAsync("pause recipe two --why \"wrong channel\" --until 2h");
        await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await screen.CallAsync("pause");
        await screen.CallAsync("pause --json");
        await screen.CallAsync($"show {(await house.Gateway.RunAsync("two", run => run.State == RunState.Queued)).Id}");
        await screen.CallAsync("pause recipe tow --why typo");
        await screen.CallAsync("pause recipe two");
        await screen.CallAsync("pause recipe");
        await screen.CallAsync("pause --why \"wrong channel\"");
        await screen.CallAsync("resume recipe");
        await screen.CallAsync("pause world --why \"to think\"");
        await screen.CallAsync("pause all --why upgrade --until noon");
        await screen.CallAsync("resume recipe two");
        await screen.CallAsync("resume recipe two");
        await screen.CallAsync("resume connection slack --json");
        await screen.CallAsync("audit");
        await screen.CallAsync("audit two");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task Connections_are_listed_checked_rehearsed_and_released()
    {
        await using var house = await CommandHouse.StartAsync(Recipes);
        var screen = house.Transcript("connections");
        await screen.CallAsync("connections");
        house.Slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"invalid_auth\"}"));
        await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await house.Gateway.RunAsync("two", run => run.State == RunState.Blocked);

        await screen.CallAsync("connections list");
        await screen.CallAsync("connections --json");
        await screen.CallAsync("connections list --json");
        await screen.CallAsync("connections rehearse slack");
        await screen.CallAsync("connections rehearse spot");
        await screen.CallAsync("connections rehearse slack --json");
        await screen.CallAsync("connections rehearse slak");
        await screen.CallAsync("connections release slack");
        await house.Gateway.RunAsync("two", run => run.State == RunState.Succeeded);
        await screen.CallAsync("connections release slack --json");
        await screen.CallAsync("connections release slak");
        await screen.CallAsync("connections check");
        await screen.CallAsync("connections check slack --json");
        await screen.CallAsync("connections check slak");
        await screen.CallAsync("connections list --all");
        await screen.CallAsync("connections chekc");
        await screen.HoldAsync();
    }

    private static async Task<string> DeadAsync(CommandHouse house)
    {
        var before = (await house.Gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "two"), CancellationToken.None)).Select(run => run.Id).ToHashSet();
        house.Slack.Answers.Enqueue((200, NoChannel));
        using var answer = await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted);
        return (await house.Gateway.RunAsync("two", run => run.State == RunState.DeadLettered && !before.Contains(run.Id))).Id;
    }

    private static async Task<string> AskingAsync(CommandHouse house, string? other)
    {
        using var answer = await house.Gateway.PostAsync("live.updated", Bodies.LiveStarted);
        return (await RunningGateway.EventuallyAsync(
            async () => (await house.Gateway.Store.ListRunsAsync(new RunQuery(RecipeId: "live"), CancellationToken.None)).FirstOrDefault(run => run.State == RunState.Asking && run.Id != other), "a run that asks")).Id;
    }
}
