using System.Text.Json;

namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary>One message that arrived at the stand-in.</summary>
/// <param name="Number">The number of the event, read from the text; -1 where there is none.</param>
/// <param name="Metadata">As posted; <c>conversations.history</c> gives it back.</param>
internal sealed record SlackMessage(string Channel, string Text, string DeliveryId, string Metadata, int Number)
{
    /// <summary>Reads the body of a <c>chat.postMessage</c>; null where it has no channel.</summary>
    public static SlackMessage? Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        string channel = "", text = "", delivery = "", metadata = "";
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("channel"u8))
            {
                channel = Next(ref reader);
            }
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("text"u8))
            {
                text = Next(ref reader);
            }
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var inner = reader;
                inner.Skip();
                metadata = System.Text.Encoding.UTF8.GetString(body[start..(int)inner.BytesConsumed]);
            }
            else if (reader.ValueTextEquals("delivery_id"u8))
            {
                delivery = Next(ref reader);
            }
        }

        return channel.Length == 0 ? null : new SlackMessage(channel, text, delivery, metadata, NumberIn(text));
    }

    private static string Next(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";

    private static int NumberIn(string text)
    {
        var at = text.IndexOf(Load.SignedEvents.NamePrefix, StringComparison.Ordinal) + Load.SignedEvents.NamePrefix.Length;
        return at < Load.SignedEvents.NamePrefix.Length || at + Load.SignedEvents.NameDigits > text.Length ? -1
            : int.TryParse(text.AsSpan(at, Load.SignedEvents.NameDigits), out var number) ? number
            : -1;
    }
}
