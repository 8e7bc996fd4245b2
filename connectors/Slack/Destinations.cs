using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>Where a message goes. Closed.</summary>
internal abstract record Destination
{
    private Destination()
    {
    }

    /// <summary>It can be posted to.</summary>
    /// <param name="Channel">What Slack takes as the channel: an id, or a channel's name.</param>
    /// <param name="KeptAs">Where it is known from an earlier attempt: the key it is kept under.</param>
    public sealed record Open(string Channel, string? KeptAs = null) : Destination
    {
        /// <summary>
        /// What a refusal means where the way was prepared earlier: the bot may have been taken out of the channel since. Nothing was posted, and the
        /// next try prepares it anew.
        /// </summary>
        public StepOutcome? Doubt(string error, ActionContext context)
        {
            if (KeptAs is null || error is not ("not_in_channel" or "channel_not_found"))
            {
                return null;
            }

            context.ForgetCached(KeptAs);
            return StepOutcome.Fail(FailureKind.Transient, error, $"The bot is no longer where it was let in before; the next try lets it in again. (Slack: {error})");
        }
    }

    /// <summary>It cannot; the attempt ends with this.</summary>
    public sealed record Closed(StepOutcome Outcome) : Destination;
}

/// <summary>
/// Prepares the way to where a message goes: finds a person by e-mail address and opens the conversation, or joins a channel. Each is kept, so that
/// it is asked once for many messages, and each is harmless to repeat: the message itself stays the only write that matters.
/// </summary>
internal sealed class Destinations(Secret token, ActionContext context)
{
    // A person's address may pass to someone else.
    private static readonly TimeSpan PersonLifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan MemberLifetime = TimeSpan.FromDays(1);

    /// <summary>The way to a channel as a recipe names it.</summary>
    public async Task<Destination> OpenAsync(string channel, bool join, CancellationToken cancellationToken)
    {
        if (PersonConversation.IsEmail(channel))
        {
            return await OpenPersonAsync(channel, cancellationToken);
        }

        // A rehearsal joins nothing; it shows the message.
        return !join || context.Rehearsal || PersonConversation.IsPerson(channel)
            ? new Destination.Open(channel)
            : await KeepAsync($"slack joined {channel}", MemberLifetime, cancelled => JoinAsync(channel, cancelled), cancellationToken);
    }

    private async Task<Destination> OpenPersonAsync(string email, CancellationToken cancellationToken)
    {
        var conversation = new PersonConversation(token, context);
        return context.Rehearsal
            ? await conversation.FindPersonAsync(email, cancellationToken)
            : await KeepAsync(
                $"slack conversation {email}",
                PersonLifetime,
                async cancelled => await conversation.FindPersonAsync(email, cancelled) switch
                {
                    Destination.Open person => await conversation.OpenAsync(person.Channel, cancelled),
                    var closed => closed,
                },
                cancellationToken);
    }

    private async Task<Destination> JoinAsync(string channel, CancellationToken cancellationToken)
    {
        var finding = await new ChannelSearch(token, context).FindAsync(channel, cancellationToken);
        if (finding is not ChannelFinding.Found found)
        {
            return new Destination.Closed(ChannelSearch.Outcome(finding));
        }

        var joined = await SlackPage.ReadAsync(SlackApi.Prepare(token, "conversations.join", ("channel", found.Id)), context, cancellationToken);
        return joined.Ended is { } ended ? new Destination.Closed(ended) : new Destination.Open(found.Id);
    }

    private async Task<Destination> KeepAsync(
        string key, TimeSpan lifetime, Func<CancellationToken, Task<Destination>> prepare, CancellationToken cancellationToken)
    {
        Destination? own = null;
        var kept = await context.CachedAsync(
            key,
            lifetime,
            async cancelled =>
            {
                own = await prepare(cancelled);
                return (own as Destination.Open)?.Channel;
            },
            cancellationToken);
        return (own, kept) switch
        {
            (not null, _) => own,
            (null, not null) => new Destination.Open(kept, key),
            _ => throw new InvalidOperationException("A way was neither kept nor prepared."),
        };
    }
}
