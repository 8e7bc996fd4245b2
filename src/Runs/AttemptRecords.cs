using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>Outcomes as they are stored.</summary>
public static class AttemptRecords
{
    /// <summary>The code of an attempt whose answer was lost and whose effect was found by looking.</summary>
    public const string Found = "found";

    /// <summary>The code of a run that asks a person, or that was given up while it asked.</summary>
    public const string InDoubt = "unconfirmed";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="found">Its answer was lost, and its effect was found by looking.</param>
    public static AttemptResult Result(string runId, int number, StepOutcome outcome, DateTimeOffset now, bool found = false) => outcome switch
    {
        StepOutcome.Done done => new AttemptResult(runId, number, AttemptState.Done, now, string.Empty, found ? Found : string.Empty, string.Empty, Bytes(done.Output), default),
        StepOutcome.Rehearsed rehearsed => new AttemptResult(
            runId, number, AttemptState.Rehearsed, now, string.Empty, string.Empty, string.Empty, Bytes(rehearsed.Output), JsonSerializer.SerializeToUtf8Bytes(rehearsed.Request, Readable)),
        StepOutcome.Failed failed => new AttemptResult(
            runId,
            number,
            failed.Kind == FailureKind.Unconfirmed ? AttemptState.Unconfirmed : AttemptState.Failed,
            now,
            failed.Kind.ToString(),
            failed.Code,
            failed.Message,
            default,
            default),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The recorded request of a rehearsal, or null.</summary>
    public static RecordedRequest? Request(ReadOnlyMemory<byte> stored)
        => stored.IsEmpty ? null : JsonSerializer.Deserialize<RecordedRequest>(stored.Span, Readable);

    public static string Word(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Done => "done",
        StepOutcome.Rehearsed => "rehearsed",
        StepOutcome.Failed failed => failed.Code,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static byte[] Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
