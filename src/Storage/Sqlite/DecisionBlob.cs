using System.Buffers;
using System.Text.Json;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>All decisions on one event as one small blob: a JSON list of [recipe, hash, verdict, line, detail], and for later ones [… , at, who].</summary>
internal static class DecisionBlob
{
    private const int Members = 5;
    private const int LaterMembers = 7;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<Decision> decisions)
    {
        if (decisions.Count == 0)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>(160 * decisions.Count);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartArray();
            foreach (var decision in decisions)
            {
                Write(writer, decision);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    public static IReadOnlyList<Decision> Read(Row row, int column)
    {
        var bytes = row.Blob(column);
        if (bytes.Length == 0)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw row.Unreadable(column, "a list of decisions", exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, Decision decision)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(decision.RecipeId);
        writer.WriteStringValue(decision.RecipeHash);
        writer.WriteNumberValue((int)decision.Verdict);
        writer.WriteNumberValue(decision.Line);
        writer.WriteStringValue(decision.Detail);
        if (decision.Later is { } later)
        {
            writer.WriteNumberValue(Micros.From(later.At));
            writer.WriteStringValue(later.Who);
        }

        writer.WriteEndArray();
    }

    private static Decision Read(JsonElement element)
    {
        if (element.GetArrayLength() is not (Members or LaterMembers) || !Enum.IsDefined((DecisionVerdict)element[2].GetInt32()))
        {
            throw new FormatException("A decision has five or seven members and a known verdict.");
        }

        return new Decision(
            Text(element[0]),
            Text(element[1]),
            (DecisionVerdict)element[2].GetInt32(),
            element[3].GetInt32(),
            Text(element[4]))
        {
            Later = element.GetArrayLength() == LaterMembers ? new LaterDecision(Micros.ToMoment(element[5].GetInt64()), Text(element[6])) : null,
        };
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("A text is missing.");
}
