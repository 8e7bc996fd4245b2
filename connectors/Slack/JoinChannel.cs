using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.join-channel</c> takes.</summary>
internal sealed record JoinChannelInput([About("The public channel's name (`#general`) or id")] string Channel);

/// <summary>What <c>slack.join-channel</c> gives.</summary>
internal sealed record JoinedChannel(
    [About("The channel's id")] string Channel,
    [About("The channel's name")] string? Name = null);

/// <summary>conversations.join: joining again changes nothing. Slack takes only an id, so a name is looked up first.</summary>
internal sealed class JoinChannel : ConnectorAction<JoinChannelInput, JoinedChannel>
{
    public override string Name => "join-channel";

    public override string About => "Makes the bot a member of a public channel.";

    public override Repeat Repeat => Repeat.Safe;

    protected override JoinedChannel Sample => new("C0123456789", "general");

    protected override async Task<StepOutcome> ExecuteAsync(JoinChannelInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return MissingSecret.Outcome(context, SlackApi.BotToken);
        }

        if (PersonConversation.IsEmail(input.Channel) || PersonConversation.IsPerson(input.Channel) || input.Channel.StartsWith('@'))
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: 'channel' is a person; only a public channel can be joined.");
        }

        var finding = await new ChannelSearch(token, context).FindAsync(input.Channel, cancellationToken);
        if (finding is not ChannelFinding.Found found)
        {
            return ChannelSearch.Outcome(finding);
        }

        return await SendAsync(
            SlackApi.Write(token, "conversations.join", new Body(found.Id)),
            context,
            answer => SlackApi.Judge(
                answer,
                context,
                reads: false,
                json => UntrustedJson.Text(json, "channel", "id") is { } id
                    ? Done(new JoinedChannel(id, UntrustedJson.Text(json, "channel", "name")))
                    : SlackApi.Incomplete(reads: false, "channel.id")),
            cancellationToken);
    }

    private sealed record Body(string Channel);
}
