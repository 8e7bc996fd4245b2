using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

/// <summary>After a lost answer: found means done, absent means send again, and anything less sure is unknown.</summary>
public sealed class HistorySearchTests
{
    private const string Mark = $$$"""{"event_type":"connectorhub_delivery","event_payload":{"delivery_id":"{{{ScriptedContext.Key}}}"}}""";
    private const string OtherMark = """{"event_type":"connectorhub_delivery","event_payload":{"delivery_id":"another"}}""";
    private const string ById = """{"channel":"C024BE91L","text":"Hello"}""";
    private const string ByName = """{"channel":"#lives","text":"Hello"}""";
    private const string Nothing = """{"ok":true,"messages":[],"has_more":false}""";
    private const string Lives = """{"ok":true,"channels":[{"id":"C0OTHER001","name":"lives-archive"},{"id":"C024BE91L","name":"lives"}],"response_metadata":{"next_cursor":""}}""";

    [Fact]
    public async Task The_message_with_our_mark_is_found()
    {
        var (probe, context) = await FindAsync(
            ById, $$"""{"ok":true,"messages":[{"ts":"2.0","text":"Hello","metadata":{{OtherMark}} },{"ts":"1.5","text":"Hello","metadata":{{Mark}} }]}""");

        Assert.Equal("""Found {"channel":"C024BE91L","ts":"1.5"}""", Outcomes.Show(probe));
        var request = Assert.Single(context.Requests);
        Assert.Equal("conversations.history", request.Url);
        var oldest = ScriptedContext.Start.AddMinutes(-5).ToUnixTimeSeconds();
        Assert.Equal($"channel=C024BE91L&oldest={oldest}&include_all_metadata=true&limit=200", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public async Task A_history_read_to_its_end_without_our_mark_is_absence()
    {
        var (probe, context) = await FindAsync(
            ById,
            $$"""{"ok":true,"messages":[{"ts":"2.0","text":"Hello","metadata":{{OtherMark}} }],"response_metadata":{"next_cursor":"bmV4dA=="} }""",
            Nothing);

        Assert.IsType<Probe.Absent>(probe);
        Assert.Contains("cursor=bmV4dA%3D%3D", Encoding.UTF8.GetString(context.Requests[1].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_with_our_text_but_without_any_mark_leaves_it_unknown() =>
        Assert.IsType<Probe.Unknown>((await FindAsync(ById, """{"ok":true,"messages":[{"ts":"2.0","text":"Hello"}]}""")).Probe);

    [Fact]
    public async Task A_message_without_our_text_or_a_mark_is_nobody_s_business() =>
        Assert.IsType<Probe.Absent>((await FindAsync(ById, """{"ok":true,"messages":[{"ts":"2.0","text":"Lunch?"}]}""")).Probe);

    [Fact]
    public async Task A_page_that_fails_leaves_it_unknown_though_the_pages_before_were_empty()
    {
        var (probe, _) = await FindAsync(
            ById,
            """{"ok":true,"messages":[],"response_metadata":{"next_cursor":"x"}}""",
            """{"ok":false,"error":"ratelimited"}""");

        Assert.Contains("ratelimited", Outcomes.Show(probe), StringComparison.Ordinal);
        Assert.IsType<Probe.Unknown>(probe);
    }

    [Fact]
    public async Task A_channel_in_which_more_was_said_than_is_read_leaves_it_unknown()
    {
        var context = new ScriptedContext(
            SlackSecrets.All, _ => ScriptedContext.Answer(200, """{"ok":true,"messages":[],"response_metadata":{"next_cursor":"x"}}"""));

        var probe = await new PostMessage().FindAsync(SlackSecrets.Json(ById), context, CancellationToken.None);

        Assert.IsType<Probe.Unknown>(probe);
        Assert.Equal(10, context.Requests.Count);
    }

    [Fact]
    public async Task A_message_in_a_thread_is_looked_for_in_the_thread()
    {
        var (probe, context) = await FindAsync(
            """{"channel":"C024BE91L","text":"Hello","thread":"1.1"}""", $$"""{"ok":true,"messages":[{"ts":"1.1"},{"ts":"1.5","metadata":{{Mark}} }]}""");

        Assert.IsType<Probe.Found>(probe);
        Assert.Equal("conversations.replies", Assert.Single(context.Requests).Url);
        Assert.Contains("&ts=1.1&", Encoding.UTF8.GetString(context.Requests[0].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_s_name_is_looked_up_first()
    {
        var (probe, context) = await FindAsync(ByName, Lives, $$"""{"ok":true,"messages":[{"ts":"1.5","metadata":{{Mark}} }]}""");

        Assert.IsType<Probe.Found>(probe);
        Assert.Equal(["conversations.list", "conversations.history"], context.Requests.Select(request => request.Url));
        Assert.Contains("channel=C024BE91L", Encoding.UTF8.GetString(context.Requests[1].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_list_private_channels_the_public_ones_are_listed()
    {
        var (probe, context) = await FindAsync(ByName, """{"ok":false,"error":"missing_scope","needed":"groups:read"}""", Lives, Nothing);

        Assert.IsType<Probe.Absent>(probe);
        Assert.StartsWith("types=public_channel&", Encoding.UTF8.GetString(context.Requests[1].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_list_channels_it_is_unknown_and_says_what_is_missing()
    {
        const string Refused = """{"ok":false,"error":"missing_scope","needed":"channels:read"}""";

        var (probe, _) = await FindAsync(ByName, Refused, Refused);

        Assert.Contains("channels:read", Assert.IsType<Probe.Unknown>(probe).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_Slack_does_not_list_is_unknown() =>
        Assert.IsType<Probe.Unknown>((await FindAsync(ByName, """{"ok":true,"channels":[{"id":"C0OTHER001","name":"other"}]}""")).Probe);

    [Fact]
    public async Task A_message_to_a_person_is_looked_for_in_their_conversation_which_is_not_made()
    {
        var (probe, context) = await FindAsync(
            """{"channel":"U02ANA00001","text":"Hello"}""",
            """{"ok":true,"channel":{"id":"D02ANA00001"}}""",
            $$"""{"ok":true,"messages":[{"ts":"1.5","metadata":{{Mark}} }]}""");

        Assert.Equal("""Found {"channel":"D02ANA00001","ts":"1.5"}""", Outcomes.Show(probe));
        Assert.Equal(["conversations.open", "conversations.history"], context.Requests.Select(request => request.Url));
        Assert.Equal("users=U02ANA00001&prevent_creation=true", Encoding.UTF8.GetString(context.Requests[0].Body.Span));
    }

    [Fact]
    public async Task A_message_to_an_address_is_looked_for_where_the_person_is()
    {
        var (probe, context) = await FindAsync(
            """{"channel":"ana@shop.example","text":"Hello"}""", """{"ok":true,"user":{"id":"U02ANA00001"}}""", """{"ok":true,"channel":{"id":"D02ANA00001"}}""", Nothing);

        Assert.IsType<Probe.Absent>(probe);
        Assert.Equal(["users.lookupByEmail", "conversations.open", "conversations.history"], context.Requests.Select(request => request.Url));
    }

    [Fact]
    public async Task Without_the_right_to_the_conversation_it_is_unknown_and_says_what_is_missing()
    {
        var (probe, _) = await FindAsync("""{"channel":"U02ANA00001","text":"Hello"}""", """{"ok":false,"error":"missing_scope","needed":"im:write"}""");

        Assert.Contains("im:history", Assert.IsType<Probe.Unknown>(probe).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_s_name_is_unknown_without_a_call() =>
        Assert.IsType<Probe.Unknown>((await FindAsync("""{"channel":"@ana","text":"Hello"}""")).Probe);

    [Fact]
    public async Task A_message_made_of_facts_looks_alike_by_the_text_that_was_sent_with_them() =>
        Assert.IsType<Probe.Unknown>((await FindAsync(
            """{"channel":"C024BE91L","title":"Live","facts":{"Host":"Ana"}}""", """{"ok":true,"messages":[{"ts":"2.0","text":"Live\nHost: Ana"}]}""")).Probe);

    private static async Task<(Probe Probe, ScriptedContext Context)> FindAsync(string input, params string[] answers)
    {
        var context = ScriptedContext.Of(SlackSecrets.All, [.. answers.Select(answer => ScriptedContext.Answer(200, answer))]);
        return (await new PostMessage().FindAsync(SlackSecrets.Json(input), context, CancellationToken.None), context);
    }
}
