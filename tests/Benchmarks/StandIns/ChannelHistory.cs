using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary>The messages of every channel, newest first on request, as <c>conversations.history</c> pages them.</summary>
internal sealed class ChannelHistory
{
    private int _searches;
    private readonly ConcurrentDictionary<string, List<(string Ts, SlackMessage Message)>> _channels = new();

    /// <summary>How many pages were asked for.</summary>
    public int Searches => Volatile.Read(ref _searches);

    public void Add(string ts, SlackMessage message)
    {
        var channel = _channels.GetOrAdd(message.Channel, _ => []);
        lock (channel)
        {
            channel.Add((ts, message));
        }
    }

    /// <summary>One page. The cursor is the number of messages the pages before it held.</summary>
    public byte[] Page(string channel, string? oldest, string? latest, int limit, string? cursor)
    {
        Interlocked.Increment(ref _searches);
        var skip = cursor is { Length: > 0 } ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var found = Between(channel, Seconds(oldest) ?? 0, Seconds(latest) ?? decimal.MaxValue).Skip(skip).Take(limit + 1).ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteBoolean("ok", true);
        json.WriteStartArray("messages");
        foreach (var (ts, message) in found.Take(limit))
        {
            Write(json, ts, message);
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more", found.Count > limit);
        if (found.Count > limit)
        {
            json.WriteStartObject("response_metadata");
            json.WriteString("next_cursor", (skip + limit).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private List<(string Ts, SlackMessage Message)> Between(string channel, decimal oldest, decimal latest)
    {
        if (!_channels.TryGetValue(channel, out var messages))
        {
            return [];
        }

        lock (messages)
        {
            return [.. Enumerable.Reverse(messages).SkipWhile(entry => Seconds(entry.Ts) > latest).TakeWhile(entry => Seconds(entry.Ts) >= oldest)];
        }
    }

    private static void Write(Utf8JsonWriter json, string ts, SlackMessage message)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("ts", ts);
        json.WriteString("text", message.Text);
        if (message.Metadata.Length > 0)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(message.Metadata);
        }

        json.WriteEndObject();
    }

    private static decimal? Seconds(string? ts) =>
        ts is { Length: > 0 } ? decimal.Parse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
}
