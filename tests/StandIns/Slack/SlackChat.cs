using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>What is said: <c>chat.*</c>, reactions, and the incoming webhook.</summary>
internal sealed class SlackChat(SlackWorkspace workspace, TimeProvider time, RateWindow perChannel, Action<string, string?> happened)
{
    private const int LongestText = 40_000;
    private const int LongestUpdate = 4_000;

    public StandInReply Post(SlackArguments arguments, bool mayPostAnywhere)
    {
        var channel = workspace.Named(arguments.Text("channel"));
        if (FindFlaw(channel, arguments, mayPostAnywhere) is { } flaw)
        {
            return SlackReply.Error(flaw);
        }

        if (!perChannel.TryTake(channel!.Id, out var wait))
        {
            return StandInReply.Json(429, new JsonObject { ["ok"] = false, ["error"] = "ratelimited" }).Waiting(wait);
        }

        var message = Add(channel, arguments);
        return SlackReply.Ok(new() { ["channel"] = channel.Id, ["ts"] = message.Ts, ["message"] = message.ToJson(withMetadata: true) });
    }

    public StandInReply Update(SlackArguments arguments)
    {
        if (workspace.Find(arguments.Text("channel")) is not { } channel)
        {
            return SlackReply.Error("channel_not_found");
        }

        var text = arguments.Text("text") ?? string.Empty;
        switch (Own(channel, arguments.Text("ts")))
        {
            case null:
                return SlackReply.Error("message_not_found");
            case { User: not SlackWorkspace.Bot }:
                return SlackReply.Error("cant_update_message");
            case var _ when text.Length == 0 && arguments.Find("blocks") is null:
                return SlackReply.Error("no_text");
            case var _ when text.Length > LongestUpdate:
                return SlackReply.Error("msg_too_long");
            case var message:
                message.Text = text;
                message.Blocks = arguments.Find("blocks")?.DeepClone();
                message.IsEdited = true;
                happened($"{channel.Shown} edited: {OneLine(text)}", null);
                return SlackReply.Ok(new() { ["channel"] = channel.Id, ["ts"] = message.Ts, ["text"] = text, ["message"] = message.ToJson(withMetadata: false) });
        }
    }

    public StandInReply Delete(SlackArguments arguments)
    {
        if (workspace.Find(arguments.Text("channel")) is not { } channel)
        {
            return SlackReply.Error("channel_not_found");
        }

        switch (Own(channel, arguments.Text("ts")))
        {
            case null:
                return SlackReply.Error("message_not_found");
            case { User: not SlackWorkspace.Bot }:
                return SlackReply.Error("cant_delete_message");
            case var message:
                channel.Messages.Remove(message);
                happened($"{channel.Shown} deleted: {OneLine(message.Text)}", null);
                return SlackReply.Ok(new() { ["channel"] = channel.Id, ["ts"] = message.Ts });
        }
    }

    public StandInReply React(SlackArguments arguments)
    {
        var name = arguments.Text("name");
        if (workspace.Find(arguments.Text("channel")) is not { } channel)
        {
            return SlackReply.Error("channel_not_found");
        }

        if (Own(channel, arguments.Text("timestamp")) is not { } message)
        {
            return SlackReply.Error("message_not_found");
        }

        if (string.IsNullOrEmpty(name))
        {
            return SlackReply.Error("no_reaction");
        }

        if (!message.Reactions.Add(name))
        {
            return SlackReply.Error("already_reacted");
        }

        happened($"{channel.Shown} :{name}: on: {OneLine(message.Text)}", null);
        return SlackReply.Ok([]);
    }

    public StandInReply PostByWebhook(StandInRequest request)
    {
        if (request.Path != SlackStandIn.WebhookPath)
        {
            return StandInReply.Text(404, "no_service");
        }

        if (request.Json() is not JsonObject json)
        {
            return StandInReply.Text(400, "invalid_payload");
        }

        if (json.Text("text") is not { Length: > 0 } && json["blocks"] is null)
        {
            return StandInReply.Text(400, "no_text");
        }

        Add(workspace.Channels[0], SlackArguments.Of(request));
        return StandInReply.Text(200, "ok");
    }

    private static string? FindFlaw(SlackChannel? channel, SlackArguments arguments, bool mayPostAnywhere)
    {
        var text = arguments.Text("text");
        return channel switch
        {
            null => "channel_not_found",
            { IsArchived: true } => "is_archived",
            { HasBot: false } when !mayPostAnywhere => "not_in_channel",
            _ when string.IsNullOrEmpty(text) && arguments.Find("blocks") is null => "no_text",
            _ when text?.Length > LongestText => "msg_too_long",
            _ when arguments.Find("blocks") is JsonArray { Count: > 50 } => "invalid_blocks",
            _ when arguments.Find("metadata") is { } metadata && metadata.Text("event_type") is not { Length: > 0 } => "invalid_metadata_format",
            _ => null,
        };
    }

    private SlackMessage Add(SlackChannel channel, SlackArguments arguments)
    {
        var metadata = arguments.Find("metadata")?.DeepClone() as JsonObject;
        var message = new SlackMessage(workspace.NextTs(time.GetUtcNow()), SlackWorkspace.Bot)
        {
            Text = arguments.Text("text") ?? string.Empty,
            Thread = arguments.Text("thread_ts"),
            Blocks = arguments.Find("blocks")?.DeepClone(),
            Metadata = metadata,
        };
        channel.Messages.Add(message);
        happened($"{channel.Shown}{(message.Thread is null ? string.Empty : " (thread)")}: {OneLine(message.Text)}", metadata.Text("event_payload", "delivery_id"));
        return message;
    }

    private static SlackMessage? Own(SlackChannel channel, string? ts) => channel.Messages.FirstOrDefault(message => message.Ts == ts);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ⏎ ");
}
