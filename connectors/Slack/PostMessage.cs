using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.post-message</c> takes.</summary>
internal sealed record PostMessageInput(
    [About("The channel's name (`#general`) or id, a person's id, or a person's e-mail address")] string Channel,
    [About(MessageFields.Text)][Text(TextKind.Mrkdwn)] string? Text = null,
    [About(MessageFields.Title)] string? Title = null,
    [About(MessageFields.Facts)][Text(TextKind.Mrkdwn)] IReadOnlyDictionary<string, string>? Facts = null,
    [About(MessageFields.List)][Text(TextKind.Mrkdwn)] IReadOnlyList<string>? List = null,
    [About(MessageFields.Button)] IReadOnlyDictionary<string, string>? Button = null,
    [About(MessageFields.Buttons)] IReadOnlyDictionary<string, string>? Buttons = null,
    [About(MessageFields.Blocks)][Text(TextKind.Mrkdwn)] JsonElement? Blocks = null,
    [About("The `ts` of a message: the new one answers in its thread")] string? Thread = null,
    [About("true lets the bot join the public channel first")] bool Join = false,
    [About("true shows a preview below links")] bool Unfurl = false)
{
    public ComposedMessage Compose() =>
        new MessageContent(Title, Text, Facts, List, Button, Buttons, Blocks).Compose(MessageContent.LongestPosted);
}

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

    // Slack counts by channel. A name and an id of one channel are two texts; its own answer tells where both are used at once.
    protected override string? Destination(PostMessageInput input) => input.Channel.Trim().ToLowerInvariant();

    protected override SlackMessage Sample => new("C0123456789", "1715095714.000100");

    protected override async Task<StepOutcome> ExecuteAsync(PostMessageInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return MissingSecret.Outcome(context, SlackApi.BotToken);
        }

        var composed = input.Compose();
        if (composed is not ComposedMessage.Ready message)
        {
            return SlackApi.Refuse(Name, composed);
        }

        var destination = await new Destinations(token, context).OpenAsync(input.Channel, input.Join, cancellationToken);
        return destination switch
        {
            Destination.Open open => await PostAsync(token, open, message, input, context, cancellationToken),
            Destination.Closed { Outcome: StepOutcome.Rehearsed rehearsed } => rehearsed with { Output = OutputJson.Of(Sample) },
            Destination.Closed closed => closed.Outcome,
            _ => throw new InvalidOperationException($"{destination.GetType().Name} is not a destination."),
        };
    }

    protected override Task<Probe> FindAsync(PostMessageInput input, ActionContext context, CancellationToken cancellationToken) =>
        context.FindSecret(SlackApi.BotToken) is { } token
            ? new HistorySearch(token, context).FindAsync(input, cancellationToken)
            : Task.FromResult<Probe>(new Probe.Unknown($"Connection '{context.Connection}' does not set the secret {SlackApi.BotToken}."));

    private Task<StepOutcome> PostAsync(
        Secret token, Destination.Open destination, ComposedMessage.Ready message, PostMessageInput input, ActionContext context, CancellationToken cancellationToken)
    {
        var request = SlackApi.Write(token, "chat.postMessage", new Body(
            destination.Channel,
            message.Text,
            message.Blocks,
            input.Thread,
            LinkNames: false,
            Parse: "none",
            input.Unfurl,
            input.Unfurl,
            DeliveryMark.Of(context.EffectKey)));
        return SendAsync(
            request,
            context,
            answer => SlackApi.Judge(answer, context, reads: false, ReadMessage, error => destination.Doubt(error, context)),
            cancellationToken);
    }

    private static StepOutcome ReadMessage(JsonElement json) =>
        SlackMessage.Read(json) is { } message ? Done(message) : SlackApi.Incomplete(reads: false, "channel or ts");

    // link_names and parse keep a name in the text from becoming a mention; mrkdwn is rendered all the same.
    private sealed record Body(
        string Channel,
        string Text,
        object? Blocks,
        string? ThreadTs,
        bool LinkNames,
        string Parse,
        bool UnfurlLinks,
        bool UnfurlMedia,
        DeliveryMark Metadata);
}
