using System.Globalization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>Looks for a message that an unconfirmed attempt may have posted: in the channel, or in the thread it answers.</summary>
internal sealed class HistorySearch(Secret token, ActionContext context)
{
    private const int MaxPages = 10;

    // Slack's clock and ours need not agree.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public async Task<Probe> FindAsync(PostMessageInput input, CancellationToken cancellationToken)
    {
        var channel = await new ChannelSearch(token, context).FindAsync(input.Channel, cancellationToken);
        return channel switch
        {
            ChannelFinding.Found found => await SearchAsync(found.Id, input, cancellationToken),
            ChannelFinding.Unknown unknown => new Probe.Unknown(unknown.Reason),
            _ => throw new InvalidOperationException($"{channel.GetType().Name} is not a finding."),
        };
    }

    private async Task<Probe> SearchAsync(string channel, PostMessageInput input, CancellationToken cancellationToken)
    {
        var oldest = (context.StartedAt - Margin).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sent = input.Compose() is ComposedMessage.Ready composed ? composed.Text : null;
        var looksAlike = false;
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            // A thread's answers are not in the channel's history.
            var request = SlackApi.Read(
                token,
                input.Thread is null ? "conversations.history" : "conversations.replies",
                ("channel", channel),
                ("ts", input.Thread),
                ("oldest", oldest),
                ("include_all_metadata", "true"),
                ("limit", "200"),
                ("cursor", cursor));
            var answer = await SlackPage.ReadAsync(request, context, cancellationToken);
            if (answer.Problem is { } problem)
            {
                return new Probe.Unknown($"Slack's history of {channel} could not be read ({problem}).");
            }

            foreach (var message in answer.Items("messages"))
            {
                if (DeliveryMark.Marks(message, context.EffectKey) && UntrustedJson.Text(message, "ts") is { } ts)
                {
                    return new Probe.Found(OutputJson.Of(new SlackMessage(channel, ts)));
                }

                looksAlike |= UntrustedJson.Member(message, "metadata") is null && UntrustedJson.Text(message, "text") == sent;
            }

            cursor = answer.NextCursor;
            if (cursor is null)
            {
                return looksAlike
                    ? new Probe.Unknown($"A message with the same text stands in {channel}, but without the mark that tells whether it is ours.")
                    : new Probe.Absent();
            }
        }

        return new Probe.Unknown($"More was said in {channel} since the attempt than {MaxPages} pages of Slack's history hold.");
    }
}
