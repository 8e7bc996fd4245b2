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
    public sealed record Unknown(string Reason) : ChannelFinding;
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

        if (PersonId().IsMatch(channel) || channel.StartsWith('@'))
        {
            return new ChannelFinding.Unknown("The message went to a person, whose conversation with the bot has an id only Slack's answer would have told.");
        }

        // Private channels need a scope of their own; without it the public ones are still worth a look.
        var finding = await FindNamedAsync(channel, "public_channel,private_channel", cancellationToken);
        return finding is { Problem: SlackPage.MissingScope }
            ? (await FindNamedAsync(channel, "public_channel", cancellationToken)).Finding
            : finding.Finding;
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
                    $"Slack's channels could not be listed ({problem}), so the id of {channel} is not known. Write the channel's id, or give the app the scope channels:read."), problem);
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

    [GeneratedRegex("^[UW][A-Z0-9]{7,}$", RegexOptions.CultureInvariant)]
    private static partial Regex PersonId();
}
