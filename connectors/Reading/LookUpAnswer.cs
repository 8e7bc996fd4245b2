using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Reading;

/// <summary>What the answers to look-ups in a JSON API mean that speaks by its status. A look-up changes nothing, so nothing is ever in doubt.</summary>
/// <param name="Platform">As people write it.</param>
/// <param name="Refused">What 401 means there, and the way out.</param>
/// <param name="Forbidden">What 403 means there, and the way out.</param>
internal sealed record LookUpAnswer(string Platform, string Refused, string Forbidden)
{
    /// <summary>What one answer came to.</summary>
    /// <param name="missing">What 404 means: one sentence that names what was looked for. Null where there is nothing that could be missing.</param>
    /// <param name="done">Reads the JSON of a good answer.</param>
    public StepOutcome Judge(SendReply.Answered answer, ActionContext context, string? missing, Func<JsonElement, StepOutcome> done)
    {
        var wait = answer.RetryAfter(context.StartedAt);
        return answer.Status switch
        {
            >= 200 and < 300 when UntrustedJson.Answer(answer) is { ValueKind: JsonValueKind.Object } json => done(json),
            >= 200 and < 300 => Incomplete("readable JSON"),
            401 => StepOutcome.Fail(FailureKind.Unauthorized, "http_401", Refused),
            403 => StepOutcome.Fail(FailureKind.Unauthorized, "http_403", Forbidden),
            404 when missing is not null => StepOutcome.Fail(FailureKind.Rejected, "not_found", missing),
            408 => new StepOutcome.Failed(FailureKind.Transient, "http_408", $"{Platform} did not get the whole request in time.", wait),
            429 => new StepOutcome.Failed(FailureKind.RateLimited, "http_429", $"{Platform} asks to slow down.", wait),
            >= 500 => new StepOutcome.Failed(FailureKind.Transient, $"http_{answer.Status}", $"{Platform} failed on its side with status {answer.Status}.", wait),
            _ => StepOutcome.Fail(FailureKind.Rejected, $"http_{answer.Status}", $"{Platform} refused the request with status {answer.Status}."),
        };
    }

    /// <summary>A good status, but the answer lacks what it must hold.</summary>
    public StepOutcome Incomplete(string missing) =>
        StepOutcome.Fail(FailureKind.Transient, "unreadable_answer", $"{Platform} said yes but its answer lacks {missing}.");
}
