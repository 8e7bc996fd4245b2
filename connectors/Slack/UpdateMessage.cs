using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.update-message</c> takes.</summary>
internal sealed record UpdateMessageInput(
    [About("The channel's id, as `post-message` gives it")] string Channel,
    [About("The message's `ts`, as `post-message` gives it")] string Ts,
    [About("The new message, in Slack's markup; at most 4,000 characters")][Text(TextKind.Mrkdwn)] string Text);

/// <summary>chat.update: the same text again changes nothing.</summary>
internal sealed class UpdateMessage : ConnectorAction<UpdateMessageInput, SlackMessage>
{
    public override string Name => "update-message";

    public override string About => "Replaces the text of a message that the bot posted.";

    public override Repeat Repeat => Repeat.Safe;

    protected override SlackMessage Sample => new("C0123456789", "1715095714.000100");

    protected override Task<StepOutcome> ExecuteAsync(UpdateMessageInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return Task.FromResult(MissingSecret.Outcome(context, SlackApi.BotToken));
        }

        var request = SlackApi.Write(token, "chat.update", new Body(input.Channel, input.Ts, input.Text, LinkNames: false, Parse: "none"));
        return SendAsync(request, context, answer => SlackApi.Judge(answer, context, reads: false, ReadMessage), cancellationToken);
    }

    private static StepOutcome ReadMessage(JsonElement json) =>
        SlackMessage.Read(json) is { } message ? Done(message) : SlackApi.Incomplete(reads: false, "channel or ts");

    private sealed record Body(string Channel, string Ts, string Text, bool LinkNames, string Parse);
}
