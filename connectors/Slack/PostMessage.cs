using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.post-message</c> takes.</summary>
internal sealed record PostMessageInput(
    [About("The channel's name (`#general`) or id, or a person's id")] string Channel,
    [About("The message, in Slack's markup")][Text(TextKind.Mrkdwn)] string Text,
    [About("The `ts` of a message: the new one answers in its thread")] string? Thread = null,
    [About("true shows a preview below links")] bool Unfurl = false);

/// <summary>Where a message stands.</summary>
internal sealed record SlackMessage(
    [About("The channel's id")] string Channel,
    [About("The message's id within its channel")] string Ts)
{
    /// <summary>The message an answer tells of, or null where it lacks a part.</summary>
    public static SlackMessage? Read(JsonElement json) =>
        UntrustedJson.Text(json, "channel") is { } channel && UntrustedJson.Text(json, "ts") is { } ts ? new SlackMessage(channel, ts) : null;
}

/// <summary>
/// chat.postMessage. Slack has no request key: the effect key travels as the message's metadata, and after a lost answer
/// the channel's history is searched for it.
/// </summary>
internal sealed class PostMessage : ConnectorAction<PostMessageInput, SlackMessage>
{
    public override string Name => "post-message";

    public override string About => "Posts a message to a channel, a thread or a person.";

    public override string? Makes => "message";

    public override Repeat Repeat => Repeat.Unsafe;

    protected override SlackMessage Sample => new("C0123456789", "1715095714.000100");

    protected override Task<StepOutcome> ExecuteAsync(PostMessageInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return Task.FromResult(MissingSecret.Outcome(context, SlackApi.BotToken));
        }

        var request = SlackApi.Write(token, "chat.postMessage", new Body(
            input.Channel,
            input.Text,
            input.Thread,
            LinkNames: false,
            Parse: "none",
            input.Unfurl,
            input.Unfurl,
            DeliveryMark.Of(context.EffectKey)));
        return SendAsync(request, context, answer => SlackApi.Judge(answer, context, reads: false, ReadMessage), cancellationToken);
    }

    protected override Task<Probe> FindAsync(PostMessageInput input, ActionContext context, CancellationToken cancellationToken) =>
        context.FindSecret(SlackApi.BotToken) is { } token
            ? new HistorySearch(token, context).FindAsync(input, cancellationToken)
            : Task.FromResult<Probe>(new Probe.Unknown($"Connection '{context.Connection}' does not set the secret {SlackApi.BotToken}."));

    private static StepOutcome ReadMessage(JsonElement json) =>
        SlackMessage.Read(json) is { } message ? Done(message) : SlackApi.Incomplete(reads: false, "channel or ts");

    // link_names and parse keep a name in the text from becoming a mention; mrkdwn is rendered all the same.
    private sealed record Body(
        string Channel,
        string Text,
        string? ThreadTs,
        bool LinkNames,
        string Parse,
        bool UnfurlLinks,
        bool UnfurlMedia,
        DeliveryMark Metadata);
}
