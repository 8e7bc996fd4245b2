using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

/// <summary>The way to a person or into a channel: prepared once, harmless to prepare again, and never in a rehearsal.</summary>
public sealed class DestinationTests
{
    private const string Posted = """{"ok":true,"channel":"D02ANA00001","ts":"1.2"}""";
    private const string Ana = """{"ok":true,"user":{"id":"U02ANA00001"}}""";
    private const string Conversation = """{"ok":true,"channel":{"id":"D02ANA00001"}}""";
    private const string Joined = """{"ok":true,"channel":{"id":"C024BE91L","name":"lives"}}""";
    private const string ToAna = """{"channel":"ana@shop.example","text":"Hello"}""";
    private const string Join = """{"channel":"C024BE91L","text":"Hello","join":true}""";

    [Fact]
    public async Task A_person_is_found_by_address_and_written_to_in_their_conversation()
    {
        var (outcome, context) = await PostAsync(ToAna, [], Ana, Conversation, Posted);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal(["users.lookupByEmail", "conversations.open", "chat.postMessage"], context.Requests.Select(request => request.Url));
        Assert.Equal("email=ana%40shop.example", Body(context, 0));
        Assert.Equal("users=U02ANA00001", Body(context, 1));
        Assert.Contains("\"channel\":\"D02ANA00001\"", Body(context, 2), StringComparison.Ordinal);
        Assert.Equal([false, true, false], context.Requests.Select(request => request.Harmless));
    }

    [Fact]
    public async Task The_second_message_to_a_person_asks_for_nothing()
    {
        var kept = new Dictionary<string, object>();
        await PostAsync(ToAna, kept, Ana, Conversation, Posted);

        var (outcome, context) = await PostAsync(ToAna, kept, Posted);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal("chat.postMessage", Assert.Single(context.Requests).Url);
    }

    [Fact]
    public async Task An_address_nobody_has_is_rejected_and_nothing_is_kept()
    {
        var kept = new Dictionary<string, object>();

        var (outcome, _) = await PostAsync(ToAna, kept, """{"ok":false,"error":"users_not_found"}""");

        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Rejected, "users_not_found"), (failed.Kind, failed.Code));
        Assert.Empty(kept);
    }

    [Fact]
    public async Task A_rehearsal_finds_the_person_and_opens_nothing()
    {
        var recorded = new RecordedRequest("POST", "https://slack.com/api/chat.postMessage", [], "recorded");
        var context = new ScriptedContext(SlackSecrets.All, request => request.Reads ? ScriptedContext.Answer(200, Ana) : new SendReply.Withheld(recorded)) { Rehearses = true };

        Assert.IsType<StepOutcome.Rehearsed>(await new PostMessage().ExecuteAsync(SlackSecrets.Json(ToAna), context, CancellationToken.None));

        Assert.Equal(["users.lookupByEmail", "chat.postMessage"], context.Requests.Select(request => request.Url));
        Assert.Contains("\"channel\":\"U02ANA00001\"", Body(context, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_joins_nothing()
    {
        var recorded = new RecordedRequest("POST", "https://slack.com/api/chat.postMessage", [], "recorded");
        var context = new ScriptedContext(SlackSecrets.All, _ => new SendReply.Withheld(recorded)) { Rehearses = true };

        Assert.IsType<StepOutcome.Rehearsed>(await new PostMessage().ExecuteAsync(SlackSecrets.Json(Join), context, CancellationToken.None));

        Assert.Equal("chat.postMessage", Assert.Single(context.Requests).Url);
    }

    [Fact]
    public async Task A_channel_is_joined_once_for_many_messages()
    {
        var kept = new Dictionary<string, object>();
        var (_, first) = await PostAsync(Join, kept, Joined, Posted);
        var (_, second) = await PostAsync(Join, kept, Posted);

        Assert.Equal(["conversations.join", "chat.postMessage"], first.Requests.Select(request => request.Url));
        Assert.Equal("chat.postMessage", Assert.Single(second.Requests).Url);
    }

    [Fact]
    public async Task A_bot_that_was_taken_out_of_the_channel_joins_again_with_the_next_try()
    {
        var kept = new Dictionary<string, object>();
        await PostAsync(Join, kept, Joined, Posted);

        var (outcome, _) = await PostAsync(Join, kept, """{"ok":false,"error":"not_in_channel"}""");

        Assert.Equal(FailureKind.Transient, Outcomes.Kind(outcome));
        Assert.Empty(kept);
    }

    [Fact]
    public async Task A_channel_that_refuses_the_bot_right_after_joining_is_rejected()
    {
        var (outcome, _) = await PostAsync(Join, [], Joined, """{"ok":false,"error":"not_in_channel"}""");

        Assert.Equal(FailureKind.Rejected, Outcomes.Kind(outcome));
    }

    [Fact]
    public async Task A_private_channel_is_not_joined_and_nothing_is_posted()
    {
        var (outcome, context) = await PostAsync(Join, [], """{"ok":false,"error":"method_not_supported_for_channel_type"}""");

        Assert.Contains("/invite", Assert.IsType<StepOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(context.Requests).Harmless);
    }

    [Fact]
    public async Task A_lost_answer_to_joining_leaves_nothing_in_doubt()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, new SendReply.Lost("timeout", "No answer."));

        var outcome = await new PostMessage().ExecuteAsync(SlackSecrets.Json(Join), context, CancellationToken.None);

        Assert.Equal(FailureKind.Transient, Outcomes.Kind(outcome));
    }

    [Theory]
    [InlineData("ana@shop.example")]
    [InlineData("U02ANA00001")]
    [InlineData("@ana")]
    public async Task A_person_cannot_be_joined(string channel)
    {
        var context = ScriptedContext.Of(SlackSecrets.All);

        var outcome = await new JoinChannel().ExecuteAsync(SlackSecrets.Json($$"""{"channel":"{{channel}}"}"""), context, CancellationToken.None);

        Assert.Equal(FailureKind.Rejected, Outcomes.Kind(outcome));
    }

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> PostAsync(string input, Dictionary<string, object> kept, params string[] answers)
    {
        var left = new Queue<string>(answers);
        var context = new ScriptedContext(SlackSecrets.All, _ => ScriptedContext.Answer(200, left.Dequeue())) { Kept = kept };
        var outcome = await new PostMessage().ExecuteAsync(SlackSecrets.Json(input), context, CancellationToken.None);
        Assert.Empty(left);
        return (outcome, context);
    }

    private static string Body(ScriptedContext context, int request) => Encoding.UTF8.GetString(context.Requests[request].Body.Span);
}
