using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class SlackLifeTests
{
    private const string Hello = """{"channel":"#lives","text":"Hello"}""";

    private readonly HandClock _clock = new();
    private readonly SlackStandIn _slack;
    private readonly StandInHub _hub;

    public SlackLifeTests()
    {
        _slack = new SlackStandIn(_clock);
        _hub = Platforms.Slack(_slack, _clock);
    }

    private List<SlackMessage> Lives => _slack.Workspace.Named("lives")!.Messages;

    [Fact]
    public async Task A_message_is_posted_answered_in_its_thread_and_changed()
    {
        var posted = await _hub.DoneAsync("post-message", Hello);
        var (channel, ts) = (posted.GetProperty("channel").GetString(), posted.GetProperty("ts").GetString());
        await _hub.DoneAsync("post-message", $$"""{"channel":"{{channel}}","text":"Below","thread":"{{ts}}"}""", "answer");
        await _hub.DoneAsync("update-message", $$"""{"channel":"{{channel}}","ts":"{{ts}}","text":"Goodbye"}""", "update");

        Assert.Equal(["Goodbye", "Below"], Lives.Select(message => message.Text));
        Assert.Equal(ts, Lives[1].Thread);
        Assert.Equal((3, 0), (_slack.Book.Effects, _slack.Book.Doubles));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("thread")]
    public async Task A_message_whose_answer_was_lost_is_found_and_there_is_one(string? place)
    {
        var first = await _hub.DoneAsync("post-message", Hello, "first");
        var input = place is null ? Hello : $$"""{"channel":"#lives","text":"Hello","thread":"{{first.GetProperty("ts").GetString()}}"}""";
        _slack.Faults.Next(Fault.Lose);

        var lost = await _hub.FailedAsync("post-message", input, "lost");
        var probe = Assert.IsType<Probe.Found>(await _hub.FindAsync("post-message", input, "lost"));

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.Equal(Lives[1].Ts, probe.Output.GetProperty("ts").GetString());
        Assert.Equal(2, Lives.Count);
    }

    [Fact]
    public async Task A_message_that_never_arrived_is_absent()
    {
        _slack.Faults.Next(Fault.Fail);

        Assert.Equal(FailureKind.Unconfirmed, (await _hub.FailedAsync("post-message", Hello)).Kind);
        Assert.IsType<Probe.Absent>(await _hub.FindAsync("post-message", Hello));
        Assert.Empty(Lives);
    }

    [Fact]
    public async Task A_lost_message_stands_on_a_later_page_of_a_busy_channel()
    {
        _slack.Faults.Next(Fault.Lose);
        await _hub.FailedAsync("post-message", Hello, "lost");
        for (var other = 0; other < 450; other++)
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            await _hub.DoneAsync("post-message", """{"channel":"#lives","text":"Other"}""", $"other {other}");
        }

        _clock.Pass(TimeSpan.FromMinutes(-5));
        Assert.IsType<Probe.Found>(await _hub.FindAsync("post-message", Hello, "lost"));
        Assert.Equal(3, _slack.Book.CallsOf("conversations.history"));
    }

    [Fact]
    public async Task A_channel_takes_ten_messages_in_ten_seconds_and_says_how_long_to_wait()
    {
        for (var one = 0; one < 10; one++)
        {
            await _hub.DoneAsync("post-message", Hello, $"message {one}");
        }

        var limited = await _hub.FailedAsync("post-message", Hello, "message 10");
        await _hub.DoneAsync("post-message", """{"channel":"#leads","text":"Elsewhere"}""", "elsewhere");
        _clock.Pass(limited.RetryAfter!.Value);
        await _hub.DoneAsync("post-message", Hello, "message 10");

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(10)), (limited.Kind, limited.RetryAfter));
        Assert.Equal(11, Lives.Count);
    }

    [Theory]
    [InlineData("#nowhere", "channel_not_found", FailureKind.Rejected)]
    [InlineData("#old", "is_archived", FailureKind.Rejected)]
    [InlineData("#random", "not_in_channel", FailureKind.Rejected)]
    [InlineData("#board", "channel_not_found", FailureKind.Rejected)]
    public async Task A_channel_that_does_not_take_it_is_named_by_Slacks_word(string channel, string code, FailureKind kind)
    {
        var failed = await _hub.FailedAsync("post-message", $$"""{"channel":"{{channel}}","text":"Hello"}""");

        Assert.Equal((code, kind), (failed.Code, failed.Kind));
        Assert.Equal((0, 1), (_slack.Book.Effects, _slack.Book.Refused));
    }

    [Fact]
    public async Task A_person_is_found_by_address_and_written_to()
    {
        var found = await _hub.DoneAsync("find-user-by-email", """{"email":"Ana@shop.example"}""");
        await _hub.DoneAsync("post-message", $$"""{"channel":"{{found.GetProperty("id").GetString()}}","text":"Hello Ana"}""");
        var nobody = await _hub.DoneAsync("find-user-by-email", """{"email":"nobody@shop.example"}""");

        Assert.Equal("Hello Ana", Assert.Single(_slack.Workspace.Named("D0123456789")!.Messages).Text);
        Assert.False(nobody.GetProperty("found").GetBoolean());
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_said_by_name()
    {
        _slack.Scopes.Remove("chat:write");

        var failed = await _hub.FailedAsync("post-message", Hello);

        Assert.Equal((FailureKind.Unauthorized, "missing_scope"), (failed.Kind, failed.Code));
        Assert.Contains("chat:write", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_blocks_and_the_check_says_so()
    {
        Assert.IsType<StepOutcome.Done>(await _hub.CheckAsync());
        _slack.Faults.Plan = new FaultPlan { Revoked = true };

        Assert.Equal((FailureKind.Unauthorized, "token_revoked"), (await _hub.CheckAsync()) is StepOutcome.Failed failed ? (failed.Kind, failed.Code) : default);
    }

    [Fact]
    public async Task An_incoming_webhook_posts_to_its_one_channel()
    {
        await _hub.DoneAsync("post-webhook", """{"text":"Hello"}""");
        var stranger = new StandInHub("slack", _slack, _clock) { Secrets = { ["WebhookUrl"] = "https://hooks.slack.com/services/T1/B1/x" } };

        Assert.Equal("Hello", Assert.Single(_slack.Workspace.Named("general")!.Messages).Text);
        Assert.Equal((FailureKind.Unauthorized, "no_service"), (await stranger.FailedAsync("post-webhook", """{"text":"Hello"}""")) is var failed ? (failed.Kind, failed.Code) : default);
    }

    [Fact]
    public async Task A_public_channel_is_joined_by_name_and_then_takes_messages()
    {
        var joined = await _hub.DoneAsync("join-channel", """{"channel":"#random"}""");
        await _hub.DoneAsync("join-channel", """{"channel":"C0000000005"}""", "again");
        await _hub.DoneAsync("post-message", """{"channel":"#random","text":"Hello"}""");

        Assert.Equal(("C0000000005", "random"), (joined.GetProperty("channel").GetString(), joined.GetProperty("name").GetString()));
        Assert.Single(_slack.Workspace.Named("random")!.Messages);
    }

    [Fact]
    public async Task An_archived_channel_is_not_joined()
    {
        var failed = await _hub.FailedAsync("join-channel", """{"channel":"C0000000006"}""");

        Assert.Equal((FailureKind.Rejected, "is_archived"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_message_to_an_address_goes_to_that_person_and_to_nobody_else()
    {
        await _hub.DoneAsync("post-message", """{"channel":"kenji@shop.example","text":"Hello Kenji"}""");
        var nobody = await _hub.FailedAsync("post-message", """{"channel":"nobody@shop.example","text":"Hello"}""", "nobody");

        Assert.Equal("Hello Kenji", Assert.Single(_slack.Workspace.Find("D0123456790")!.Messages).Text);
        Assert.Equal(FailureKind.Rejected, nobody.Kind);
        Assert.Equal(1, _slack.Book.Effects);
    }

    [Fact]
    public async Task Title_facts_list_and_button_arrive_as_blocks_with_a_text_beside_them()
    {
        await _hub.DoneAsync("post-message", """
            {"channel":"#lives","title":"New lead","text":"From the fair","facts":{"Company":"Example Ltd"},"list":["One","Two"],"button":{"text":"Open","url":"https://shop.example/1"}}
            """);

        var message = Assert.Single(Lives);
        var blocks = Assert.IsType<System.Text.Json.Nodes.JsonArray>(message.Blocks);
        Assert.Equal("header", blocks[0]!["type"]!.GetValue<string>());
        Assert.Contains("Example Ltd", blocks.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("https://shop.example/1", blocks.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("New lead", message.Text, StringComparison.Ordinal);
    }
}
