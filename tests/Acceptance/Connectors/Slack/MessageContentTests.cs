using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

/// <summary>What a recipe's fields become at Slack: blocks within its limits, and a text that says the same.</summary>
public sealed class MessageContentTests
{
    [Fact]
    public async Task Each_field_becomes_its_block_and_the_text_says_the_same()
    {
        var body = await SentAsync(
            """
            {"channel":"C024BE91L","title":"A live\n has started","text":"*Tour*","facts":{"Host":"Ana &lt;3","Seats":40},"list":["One","Two"],
             "button":{"text":"Watch","url":"https://acme.example/1?a=1&b=2"}}
            """);

        Assert.Equal(
            """
            [{"type":"header","text":{"type":"plain_text","text":"A live has started"}},{"type":"section","text":{"type":"mrkdwn","text":"*Tour*"}},{"type":"section","fields":[{"type":"mrkdwn","text":"*Host*\nAna &lt;3"},{"type":"mrkdwn","text":"*Seats*\n40"}]},{"type":"section","text":{"type":"mrkdwn","text":"• One\n• Two"}},{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Watch"},"url":"https://acme.example/1?a=1&b=2"}]}]
            """,
            body.GetProperty("blocks").GetRawText());
        Assert.Equal(
            "A live has started\n*Tour*\nHost: Ana &lt;3\nSeats: 40\n• One\n• Two\nWatch: https://acme.example/1?a=1&amp;b=2", body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_mention_in_a_title_or_a_button_alerts_nobody_through_the_text()
    {
        var body = await SentAsync("""{"channel":"C1","title":"<!channel>","buttons":{"<!here>":"https://acme.example/"}}""");

        Assert.Equal("<!channel>", body.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString());
        Assert.Equal("&lt;!channel&gt;\n&lt;!here&gt;: https://acme.example/", body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_title_and_a_value_that_are_too_long_are_cut()
    {
        var body = await SentAsync($$"""{"channel":"C1","title":"{{new string('t', 151)}}","facts":{"Bio":"{{new string('b', 5000)}}"} }""");

        var blocks = body.GetProperty("blocks");
        Assert.Equal(new string('t', 149) + "…", blocks[0].GetProperty("text").GetProperty("text").GetString());
        var field = blocks[1].GetProperty("fields")[0].GetProperty("text").GetString()!;
        Assert.Equal(2000, field.Length);
        Assert.EndsWith("b…", field, StringComparison.Ordinal);
        Assert.Equal(4000, body.GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task More_than_ten_facts_take_more_than_one_section_and_empty_ones_none()
    {
        var facts = string.Join(",", Enumerable.Range(1, 21).Select(number => $"\"F{number}\":\"v\"")) + ",\"Empty\":\" \",\"Missing\":null";

        var blocks = (await SentAsync($$"""{"channel":"C1","facts":{ {{facts}} } }""")).GetProperty("blocks");

        Assert.Equal([10, 10, 1], blocks.EnumerateArray().Select(block => block.GetProperty("fields").GetArrayLength()));
    }

    [Fact]
    public async Task A_long_text_takes_more_than_one_section_and_loses_no_line()
    {
        var lines = string.Join("\\n", Enumerable.Range(1000, 800).Select(number => $"line {number}"));

        var blocks = (await SentAsync($$"""{"channel":"C1","title":"T","text":"{{lines}}"}""")).GetProperty("blocks");

        var texts = blocks.EnumerateArray().Skip(1).Select(block => block.GetProperty("text").GetProperty("text").GetString()!).ToList();
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 3000));
        Assert.Equal(lines.Replace("\\n", "\n", StringComparison.Ordinal), string.Join('\n', texts));
    }

    [Theory]
    [InlineData("aaaa&amp;b", 7, "aaaa…")]
    [InlineData("aaaa<https://a.example|link>", 12, "aaaa…")]
    [InlineData("aaa😀b", 5, "aaa…")]
    [InlineData("aaa😀b", 6, "aaa😀b")]
    public void Nothing_is_torn_apart_by_a_cut(string text, int most, string cut) => Assert.Equal(cut, SlackText.Cut(text, most));

    [Fact]
    public async Task A_button_without_its_address_is_left_out_and_the_message_goes()
    {
        var body = await SentAsync("""{"channel":"C1","text":"No recording","button":{"text":"Watch","url":null}}""");

        Assert.False(body.TryGetProperty("blocks", out _));
        Assert.Equal("No recording", body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Blocks_go_as_they_are_written()
    {
        var body = await SentAsync("""{"channel":"C1","text":"News","blocks":[{"type":"image","image_url":"https://a.example/é.png","alt_text":"A"},{"type":"divider"}]}""");

        Assert.Equal("""[{"type":"image","image_url":"https://a.example/é.png","alt_text":"A"},{"type":"divider"}]""", body.GetProperty("blocks").GetRawText());
        Assert.Equal("News", body.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("""{}""", "says nothing")]
    [InlineData("""{"text":" "}""", "says nothing")]
    [InlineData("""{"title":"","facts":{"A":""},"list":[]}""", "says nothing")]
    [InlineData("""{"button":{"text":"Go","url":"http://a.example/"}}""", "https://")]
    [InlineData("""{"button":{"text":"Go","url":"javascript:alert(1)"}}""", "https://")]
    [InlineData("""{"button":{"text":"Go","link":"https://a.example/"}}""", "'button' has 'link'. It has: text, url.")]
    [InlineData("""{"button":{"url":"https://a.example/"}}""", "no 'text'")]
    [InlineData("""{"text":"a","title":"b","blocks":[{"type":"divider"}]}""", "'blocks' and 'title' are both set")]
    [InlineData("""{"blocks":[{"type":"divider"}]}""", "'blocks' needs 'text'")]
    [InlineData("""{"text":"a","blocks":{"type":"divider"}}""", "must be a list of blocks")]
    [InlineData("""{"text":"a","blocks":[]}""", "'blocks' has 0 blocks")]
    [InlineData("""{"text":"a","blocks":[{"type":"divider"},{"kind":"x"}]}""", "Block 2 of 'blocks' has no 'type'")]
    public async Task What_Slack_would_refuse_is_refused_before_it_is_sent(string content, string said) => await AssertRefusedAsync(content, said);

    [Fact]
    public async Task Too_much_of_everything_is_refused_with_what_was_found_and_what_is_allowed()
    {
        await AssertRefusedAsync($$"""{"text":"{{new string('a', 40_001)}}"}""", "'text' has 40001 characters; Slack takes 40000");
        await AssertRefusedAsync($$"""{"title":"T","text":"{{new string('a', 150_000)}}"}""", "makes 51 blocks; Slack takes 50");
        await AssertRefusedAsync($$"""{"text":"a","blocks":[{{string.Join(",", Enumerable.Repeat("""{"type":"divider"}""", 51))}}]}""", "'blocks' has 51 blocks");
    }

    [Fact]
    public async Task A_changed_message_takes_a_tenth_of_the_text()
    {
        var context = ScriptedContext.Of(SlackSecrets.All);

        var outcome = await new UpdateMessage().ExecuteAsync(
            SlackSecrets.Json($$"""{"channel":"C1","ts":"1.2","text":"{{new string('a', 4_001)}}"}"""), context, CancellationToken.None);

        Assert.Contains("Slack takes 4000", Assert.IsType<StepOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(string content, string said)
    {
        var context = ScriptedContext.Of(SlackSecrets.All);
        foreach (var (action, input) in new (IConnectorAction, string)[]
        {
            (new PostMessage(), content.Insert(1, content == "{}" ? "\"channel\":\"C1\"" : "\"channel\":\"C1\",")),
            (new PostWebhook(), content),
        })
        {
            var failed = Assert.IsType<StepOutcome.Failed>(await action.ExecuteAsync(SlackSecrets.Json(input), context, CancellationToken.None));

            Assert.Equal((FailureKind.Rejected, "invalid_input"), (failed.Kind, failed.Code));
            Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        }

        Assert.Empty(context.Requests);
    }

    private static async Task<JsonElement> SentAsync(string input)
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, """{"ok":true,"channel":"C1","ts":"1.2"}"""));
        Assert.IsType<StepOutcome.Done>(await new PostMessage().ExecuteAsync(SlackSecrets.Json(input), context, CancellationToken.None));
        return JsonElement.Parse(Encoding.UTF8.GetString(Assert.Single(context.Requests).Body.Span));
    }
}
