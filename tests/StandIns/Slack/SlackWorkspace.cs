using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>A person of the workspace.</summary>
internal sealed record SlackPerson(string Id, string Email, string Name, string RealName, string Title, string TimeZone)
{
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["real_name"] = RealName,
        ["tz"] = TimeZone,
        ["profile"] = new JsonObject { ["title"] = Title, ["email"] = Email, ["real_name"] = RealName },
    };
}

/// <summary>A channel, or a conversation with a person.</summary>
internal sealed class SlackChannel(string id, string name)
{
    public string Id => id;

    public string Name => name;

    public bool IsPrivate { get; init; }

    public bool IsArchived { get; set; }

    public bool HasBot { get; set; }

    /// <summary>The person, where it is a conversation with one.</summary>
    public string? With { get; init; }

    /// <summary>All that was said, threads included, oldest first.</summary>
    public List<SlackMessage> Messages { get; } = [];

    public string Shown => With is null ? $"#{name}" : $"@{name}";

    public JsonObject ToJson() => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["is_channel"] = With is null && !IsPrivate,
        ["is_im"] = With is not null,
        ["is_private"] = IsPrivate || With is not null,
        ["is_archived"] = IsArchived,
        ["is_member"] = HasBot,
    };
}

/// <summary>One message.</summary>
internal sealed class SlackMessage(string ts, string user)
{
    public string Ts => ts;

    public string User => user;

    public required string Text { get; set; }

    public string? Thread { get; init; }

    public JsonNode? Blocks { get; set; }

    public JsonObject? Metadata { get; init; }

    public bool IsEdited { get; set; }

    public HashSet<string> Reactions { get; } = [];

    /// <summary>As Slack shows it; metadata only to who asks for it.</summary>
    public JsonObject ToJson(bool withMetadata)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = user, ["ts"] = ts, ["text"] = Text };
        if (Thread is not null)
        {
            json["thread_ts"] = Thread;
        }

        if (Blocks is not null)
        {
            json["blocks"] = Blocks.DeepClone();
        }

        if (IsEdited)
        {
            json["edited"] = new JsonObject { ["user"] = user, ["ts"] = ts };
        }

        if (withMetadata && Metadata is not null)
        {
            json["metadata"] = Metadata.DeepClone();
        }

        return json;
    }
}

/// <summary>The channels and people of a workspace.</summary>
internal sealed class SlackWorkspace
{
    public const string Bot = "U0000000001";

    private long _lastTs;

    public List<SlackPerson> People { get; } =
    [
        new("U0123456789", "ana@shop.example", "ana", "Ana Silva", "Head of Sales", "Europe/Paris"),
        new("U0123456790", "kenji@shop.example", "kenji", "Kenji Sato", "Support", "Asia/Tokyo"),
    ];

    public List<SlackChannel> Channels { get; } =
    [
        new("C0000000001", "general") { HasBot = true },
        new("C0000000002", "lives") { HasBot = true },
        new("C0000000003", "new-members") { HasBot = true },
        new("C0000000004", "leads") { HasBot = true },
        new("C0000000005", "random"),
        new("C0000000006", "old") { HasBot = true, IsArchived = true },
        new("C0000000007", "board") { IsPrivate = true },
    ];

    /// <summary>A channel by id.</summary>
    public SlackChannel? Find(string? id) => Channels.FirstOrDefault(channel => channel.Id == id);

    /// <summary>A channel as a message may name it: by id, by name with or without #, or by a person. A channel the bot cannot see is none.</summary>
    public SlackChannel? Named(string? name)
    {
        var found = name switch
        {
            null or "" => null,
            _ when Find(name) is { } channel => channel,
            _ when People.FirstOrDefault(person => person.Id == name) is { } person => OpenWith(person),
            _ => Channels.FirstOrDefault(channel => channel.With is null && channel.Name == name.TrimStart('#')),
        };
        return found is { IsPrivate: true, HasBot: false } ? null : found;
    }

    /// <summary>The conversation with a person, made where there is none.</summary>
    public SlackChannel OpenWith(SlackPerson person)
    {
        var id = "D" + person.Id[1..];
        if (Find(id) is not { } channel)
        {
            channel = new SlackChannel(id, person.Name) { With = person.Id, HasBot = true };
            Channels.Add(channel);
        }

        return channel;
    }

    /// <summary>The next message's id: its time to the microsecond, and never the same twice.</summary>
    public string NextTs(DateTimeOffset now)
    {
        _lastTs = Math.Max(_lastTs + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{_lastTs / 1_000_000}.{_lastTs % 1_000_000:d6}");
    }
}
