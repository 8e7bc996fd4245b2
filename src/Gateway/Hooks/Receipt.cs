using System.Buffers;
using System.Text.Json;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>The body of a 200: the ids under which the events are kept.</summary>
internal static class Receipt
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<AcceptedEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(96);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events");
            foreach (var accepted in events)
            {
                writer.WriteStartObject();
                writer.WriteString("id", accepted.DuplicateOf ?? accepted.Id);
                if (accepted.DuplicateOf is not null)
                {
                    writer.WriteBoolean("duplicate", true);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
