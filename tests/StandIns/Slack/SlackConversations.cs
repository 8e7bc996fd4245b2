using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>Where things are said: <c>conversations.*</c>. History is read by id; a name is not known there.</summary>
internal sealed class SlackConversations(SlackWorkspace workspace)
{
    public StandInReply History(SlackArguments arguments)
    {
        if (FindFlaw(arguments) is { } flaw)
        {
            return SlackReply.Error(flaw);
        }

        // Answers in a thread are not in the channel's history.
        var shown = workspace.Find(arguments.Text("channel"))!.Messages
            .Where(message => message.Thread is null || message.Thread == message.Ts)
            .Where(message => IsBetween(message, arguments))
            .Reverse();
        return SlackReply.Page("messages", Show(shown, arguments), arguments, usual: 100);
    }

    public StandInReply Replies(SlackArguments arguments)
    {
        if (FindFlaw(arguments) is { } flaw)
        {
            return SlackReply.Error(flaw);
        }

        var thread = arguments.Text("ts");
        var messages = workspace.Find(arguments.Text("channel"))!.Messages;
        return messages.Any(message => message.Ts == thread || message.Thread == thread)
            ? SlackReply.Page(
                "messages",
                Show(messages.Where(message => message.Ts == thread || (message.Thread == thread && IsBetween(message, arguments))), arguments),
                arguments,
                usual: 100)
            : SlackReply.Error("thread_not_found");
    }

    public StandInReply List(SlackArguments arguments, IReadOnlySet<string> scopes)
    {
        var types = (arguments.Text("types") ?? "public_channel").Split(',');
        foreach (var (type, scope) in new[] { ("public_channel", "channels:read"), ("private_channel", "groups:read"), ("im", "im:read") })
        {
            if (types.Contains(type) && !scopes.Contains(scope))
            {
                return SlackReply.Missing(scope, scopes);
            }
        }

        var shown = workspace.Channels
            .Where(channel => channel.With is not null ? types.Contains("im")
                : channel.IsPrivate ? channel.HasBot && types.Contains("private_channel")
                : types.Contains("public_channel"))
            .Where(channel => !channel.IsArchived || !arguments.IsTrue("exclude_archived"));
        return SlackReply.Page("channels", [.. shown.Select(channel => channel.ToJson())], arguments, usual: 100);
    }

    public StandInReply Show(SlackArguments arguments) => Visible(arguments) is { } channel
        ? SlackReply.Ok(new() { ["channel"] = channel.ToJson() })
        : SlackReply.Error("channel_not_found");

    public StandInReply Join(SlackArguments arguments)
    {
        switch (Visible(arguments))
        {
            case null:
                return SlackReply.Error("channel_not_found");
            case { IsArchived: true }:
                return SlackReply.Error("is_archived");
            case { IsPrivate: true } or { With: not null }:
                return SlackReply.Error("method_not_supported_for_channel_type");
            case var channel:
                channel.HasBot = true;
                return SlackReply.Ok(new() { ["channel"] = channel.ToJson() });
        }
    }

    /// <summary>A conversation with one person; one with several is not kept here.</summary>
    public StandInReply Open(SlackArguments arguments)
    {
        var ids = (arguments.Text("users") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length != 1)
        {
            return SlackReply.Error(ids.Length == 0 ? "users_list_not_supplied" : "not_enough_users");
        }

        return workspace.People.FirstOrDefault(person => person.Id == ids[0]) is not { } found ? SlackReply.Error("user_not_found")
            : arguments.IsTrue("prevent_creation") && !workspace.Channels.Any(channel => channel.With == found.Id) ? SlackReply.Error("channel_not_found")
            : SlackReply.Ok(new() { ["channel"] = workspace.OpenWith(found).ToJson() });
    }

    private static List<JsonNode> Show(IEnumerable<SlackMessage> messages, SlackArguments arguments) =>
        [.. messages.Select(message => message.ToJson(arguments.IsTrue("include_all_metadata")))];

    private static bool IsBetween(SlackMessage message, SlackArguments arguments) =>
        Seconds(message.Ts) >= (Seconds(arguments.Text("oldest")) ?? 0) && Seconds(message.Ts) <= (Seconds(arguments.Text("latest")) ?? decimal.MaxValue);

    private static decimal? Seconds(string? ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private string? FindFlaw(SlackArguments arguments) => Visible(arguments) switch
    {
        null => "channel_not_found",
        { HasBot: false } => "not_in_channel",
        _ => null,
    };

    private SlackChannel? Visible(SlackArguments arguments) =>
        workspace.Find(arguments.Text("channel")) is { } channel && (!channel.IsPrivate || channel.HasBot) ? channel : null;
}
