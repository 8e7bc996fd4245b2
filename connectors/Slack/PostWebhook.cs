using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.post-webhook</c> takes.</summary>
internal sealed record PostWebhookInput(
    [About(MessageFields.Text)][Text(TextKind.Mrkdwn)] string? Text = null,
    [About(MessageFields.Title)] string? Title = null,
    [About(MessageFields.Facts)][Text(TextKind.Mrkdwn)] IReadOnlyDictionary<string, string>? Facts = null,
    [About(MessageFields.List)][Text(TextKind.Mrkdwn)] IReadOnlyList<string>? List = null,
    [About(MessageFields.Button)] IReadOnlyDictionary<string, string>? Button = null,
    [About(MessageFields.Buttons)] IReadOnlyDictionary<string, string>? Buttons = null,
    [About(MessageFields.Blocks)][Text(TextKind.Mrkdwn)] JsonElement? Blocks = null,
    [About("The `ts` of a message in the channel: the new one answers in its thread")] string? Thread = null,
    [About("true shows a preview below links")] bool Unfurl = false);

/// <summary>What <c>slack.post-webhook</c> gives.</summary>
internal sealed record PostedByWebhook([About("true: Slack took the message. It tells no id")] bool Ok);

/// <summary>An incoming webhook: its address is the credential, its answer is the text <c>ok</c>, and it leaves nothing to look for.</summary>
internal sealed class PostWebhook : ConnectorAction<PostWebhookInput, PostedByWebhook>
{
    /// <summary>The secret that is the address, by its name in connector.json.</summary>
    public const string WebhookUrl = "WebhookUrl";

    public override string Name => "post-webhook";

    public override string About => "Posts a message through an incoming webhook, to the one channel it was made for.";

    public override Repeat Repeat => Repeat.Unsafe;

    // A connection has one webhook, and it has one channel. Its address must not be shown.
    protected override string? Destination(PostWebhookInput input) => "the webhook's channel";

    protected override PostedByWebhook Sample => new(true);

    protected override Task<StepOutcome> ExecuteAsync(PostWebhookInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(WebhookUrl) is not { } address)
        {
            return Task.FromResult(MissingSecret.Outcome(context, WebhookUrl));
        }

        var composed = new MessageContent(input.Title, input.Text, input.Facts, input.List, input.Button, input.Buttons, input.Blocks)
            .Compose(MessageContent.LongestPosted);
        if (composed is not ComposedMessage.Ready message)
        {
            return Task.FromResult(SlackApi.Refuse(Name, composed));
        }

        var request = new OutboundRequest(HttpMethod.Post, address.Reveal())
        {
            UrlIsSecret = true,
            Body = OutputJson.RequestBody(new Body(message.Text, message.Blocks, input.Thread, input.Unfurl, input.Unfurl)),
        };
        return SendAsync(request, context, answer => Judge(answer, context), cancellationToken);
    }

    protected override Task<Probe> FindAsync(PostWebhookInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(new Probe.Unknown("An incoming webhook tells no message id and reads no history. Look into its channel."));

    private static StepOutcome Judge(SendReply.Answered answer, ActionContext context)
    {
        var word = answer.Body.Length > 100 ? string.Empty : Encoding.UTF8.GetString(answer.Body.Span).Trim();
        var taken = word == "ok" || (UntrustedJson.Answer(answer) is { } json && UntrustedJson.Member(json, "ok") is { ValueKind: JsonValueKind.True });
        return answer.Status switch
        {
            >= 200 and < 300 when taken => Done(new PostedByWebhook(true)),
            >= 300 and < 500 and not 429 when SlackErrors.Knows(word) => SlackErrors.Judge(word, default, answer, context, reads: false),
            _ => SlackApi.JudgeStatus(answer, context, reads: false),
        };
    }

    private sealed record Body(string Text, object? Blocks, string? ThreadTs, bool UnfurlLinks, bool UnfurlMedia);
}
