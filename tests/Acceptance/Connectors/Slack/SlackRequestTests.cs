using System.Text;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

public sealed class SlackRequestTests
{
    [Fact]
    public async Task A_message_is_sent_with_its_mark_and_without_anything_that_could_mention_or_unfold()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, """{"ok":true,"channel":"C024BE91L","ts":"1.2"}"""));

        await new PostMessage().ExecuteAsync(
            SlackSecrets.Json("""{"channel":"#lives","text":"*Démo* &lt;!channel&gt;"}"""), context, CancellationToken.None);

        var request = Assert.Single(context.Requests);
        Assert.Equal("chat.postMessage", request.Url);
        Assert.Equal(
            """{"channel":"#lives","text":"*Démo* &lt;!channel&gt;","link_names":false,"parse":"none","unfurl_links":false,"unfurl_media":false,"""
            + "\"metadata\":{\"event_type\":\"connectorhub_delivery\",\"event_payload\":{\"delivery_id\":\"" + ScriptedContext.Key + "\"}}}",
            Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal("Bearer ", Assert.Single(request.SecretHeaders).Prefix);
        Assert.False(request.Reads);
    }

    [Fact]
    public async Task A_thread_and_unfolding_are_sent_when_asked_for()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, """{"ok":true,"channel":"C024BE91L","ts":"1.2"}"""));

        await new PostMessage().ExecuteAsync(
            SlackSecrets.Json("""{"channel":"C024BE91L","text":"Hello","thread":"1.1","unfurl":true}"""), context, CancellationToken.None);

        var body = Encoding.UTF8.GetString(Assert.Single(context.Requests).Body.Span);
        Assert.Contains("\"thread_ts\":\"1.1\"", body, StringComparison.Ordinal);
        Assert.Contains("\"unfurl_links\":true,\"unfurl_media\":true", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_s_address_is_marked_as_the_credential_it_is()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, "ok"));

        await new PostWebhook().ExecuteAsync(SlackSecrets.Json("""{"text":"Hello"}"""), context, CancellationToken.None);

        var request = Assert.Single(context.Requests);
        Assert.True(request.UrlIsSecret);
        Assert.Equal("https://hooks.slack.com/services/T0/B0/test", request.Url);
    }

    [Fact]
    public async Task An_address_with_a_plus_reaches_Slack_as_a_plus()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, """{"ok":false,"error":"users_not_found"}"""));

        await new FindUserByEmail().ExecuteAsync(SlackSecrets.Json("""{"email":"ana+slack@shop.example"}"""), context, CancellationToken.None);

        var request = Assert.Single(context.Requests);
        Assert.Equal("email=ana%2Bslack%40shop.example", Encoding.UTF8.GetString(request.Body.Span));
        Assert.DoesNotContain("ana", request.Url, StringComparison.Ordinal);
        Assert.True(request.Reads);
    }

    [Fact]
    public async Task The_check_of_a_connection_with_only_a_webhook_posts_nothing()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Abstractions.Secret> { ["WebhookUrl"] = new("https://hooks.slack.com/services/T0/B0/test") });

        var outcome = await new SlackConnector().CheckAsync(context, CancellationToken.None);

        Assert.IsType<Abstractions.StepOutcome.Done>(outcome);
        Assert.Empty(context.Requests);
    }
}
