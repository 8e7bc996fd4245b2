using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What looking for a channel's id found. Closed.</summary>
internal abstract record ChannelFinding
{
    private ChannelFinding()
    {
    }

    /// <summary>The id.</summary>
    public sealed record Found(string Id) : ChannelFinding;

    /// <summary>No id; one sentence says why.</summary>
    /// <param name="Reason">The sentence.</param>
    /// <param name="Outcome">What asking Slack came to, where it failed.</param>
    public sealed record Unknown(string Reason, StepOutcome? Outcome = null) : ChannelFinding;
}

/// <summary>The id of a channel that a recipe names: history is read by id, messages are posted by either.</summary>
internal sealed partial class ChannelSearch(Secret token, ActionContext context)
{
    private const int MaxPages = 5;

    public async Task<ChannelFinding> FindAsync(string channel, CancellationToken cancellationToken)
    {
        if (ChannelId().IsMatch(channel))
        {
            return new ChannelFinding.Found(channel);
        }

        if (PersonConversation.IsEmail(channel) || PersonConversation.IsPerson(channel))
        {
            return await FindConversationAsync(channel, cancellationToken);
        }

        if (channel.StartsWith('@'))
        {
            return new ChannelFinding.Unknown($"{channel} is a person's name, which Slack finds nobody by. Write the person's id or e-mail address.");
        }

        // Private channels need a scope of their own; without it the public ones are still worth a look.
        var finding = await FindNamedAsync(channel, "public_channel,private_channel", cancellationToken);
        return finding is { Problem: SlackPage.MissingScope }
            ? (await FindNamedAsync(channel, "public_channel", cancellationToken)).Finding
            : finding.Finding;
    }

    /// <summary>What an attempt ends with that needs the id.</summary>
    public static StepOutcome Outcome(ChannelFinding finding) => finding is ChannelFinding.Unknown unknown
        ? unknown.Outcome ?? StepOutcome.Fail(FailureKind.Rejected, "channel_not_found", unknown.Reason)
        : throw new InvalidOperationException($"{finding.GetType().Name} is not unknown.");

    // Looks only: a conversation that is not there is not made.
    private async Task<ChannelFinding> FindConversationAsync(string channel, CancellationToken cancellationToken)
    {
        var conversation = new PersonConversation(token, context);
        var person = PersonConversation.IsPerson(channel) ? new Destination.Open(channel) : await conversation.FindPersonAsync(channel, cancellationToken);
        var found = person is Destination.Open open ? await conversation.FindAsync(open.Channel, cancellationToken) : person;
        return found switch
        {
            Destination.Open there => new ChannelFinding.Found(there.Channel),
            Destination.Closed { Outcome: StepOutcome.Failed failed } => new ChannelFinding.Unknown(
                $"The bot's conversation with the person could not be found ({failed.Code}). It takes the scopes im:write and im:history.", failed),
            _ => new ChannelFinding.Unknown("The bot's conversation with the person was not asked for."),
        };
    }

    private async Task<(ChannelFinding Finding, string? Problem)> FindNamedAsync(string channel, string types, CancellationToken cancellationToken)
    {
        var name = channel.TrimStart('#');
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var request = SlackApi.Read(
                token,
                "conversations.list",
                ("types", types),
                ("exclude_archived", "true"),
                ("limit", "999"),
                ("cursor", cursor));
            var answer = await SlackPage.ReadAsync(request, context, cancellationToken);
            if (answer.Problem is { } problem)
            {
                return (new ChannelFinding.Unknown(
                    $"Slack's channels could not be listed ({problem}), so the id of {channel} is not known. Write the channel's id, or give the app the scope channels:read.", answer.Ended), problem);
            }

            foreach (var entry in answer.Items("channels"))
            {
                if (string.Equals(UntrustedJson.Text(entry, "name"), name, StringComparison.OrdinalIgnoreCase)
                    && UntrustedJson.Text(entry, "id") is { } id)
                {
                    return (new ChannelFinding.Found(id), null);
                }
            }

            cursor = answer.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return (new ChannelFinding.Unknown($"{channel} is not among the channels Slack lists for the bot. Write the channel's id."), null);
    }

    [GeneratedRegex("^[CGD][A-Z0-9]{7,}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelId();
}
