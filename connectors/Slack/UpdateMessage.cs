using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.update-message</c> takes.</summary>
internal sealed record UpdateMessageInput(
    [About("The channel's id, as `post-message` gives it")] string Channel,
    [About("The message's `ts`, as `post-message` gives it")] string Ts,
    [About("The new message, in Slack's markup; at most 4,000 characters where it stands alone")][Text(TextKind.Mrkdwn)] string? Text = null,
    [About(MessageFields.Title)] string? Title = null,
    [About(MessageFields.Facts)][Text(TextKind.Mrkdwn)] IReadOnlyDictionary<string, string>? Facts = null,
    [About(MessageFields.List)][Text(TextKind.Mrkdwn)] IReadOnlyList<string>? List = null,
    [About(MessageFields.Button)] IReadOnlyDictionary<string, string>? Button = null,
    [About(MessageFields.Buttons)] IReadOnlyDictionary<string, string>? Buttons = null,
    [About(MessageFields.Blocks)][Text(TextKind.Mrkdwn)] JsonElement? Blocks = null);

/// <summary>chat.update: the same content again changes nothing.</summary>
internal sealed class UpdateMessage : ConnectorAction<UpdateMessageInput, SlackMessage>
{
    public override string Name => "update-message";

    public override string About => "Replaces the content of a message that the bot posted.";

    public override Repeat Repeat => Repeat.Safe;

    protected override SlackMessage Sample => new("C0123456789", "1715095714.000100");

    protected override Task<StepOutcome> ExecuteAsync(UpdateMessageInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return Task.FromResult(MissingSecret.Outcome(context, SlackApi.BotToken));
        }

        var composed = new MessageContent(input.Title, input.Text, input.Facts, input.List, input.Button, input.Buttons, input.Blocks)
            .Compose(MessageContent.LongestChanged);
        if (composed is not ComposedMessage.Ready message)
        {
            return Task.FromResult(SlackApi.Refuse(Name, composed));
        }

        var request = SlackApi.Write(token, "chat.update", new Body(input.Channel, input.Ts, message.Text, message.Blocks, LinkNames: false, Parse: "none"));
        return SendAsync(request, context, answer => SlackApi.Judge(answer, context, reads: false, ReadMessage), cancellationToken);
    }

    private static StepOutcome ReadMessage(JsonElement json) =>
        SlackMessage.Read(json) is { } message ? Done(message) : SlackApi.Incomplete(reads: false, "channel or ts");

    private sealed record Body(string Channel, string Ts, string Text, object? Blocks, bool LinkNames, string Parse);
}
