using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What the hub does about each of HubSpot's refusals (developers.hubspot.com: error handling, usage guidelines; as of 2026-09).</summary>
internal static class HubSpotErrors
{
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1);

    // A lock lasts two seconds.
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(2);

    public static StepOutcome.Failed Judge(SendReply.Answered answer, ActionContext context, bool reads)
    {
        var body = UntrustedJson.Answer(answer);
        var complaint = HubSpotComplaint.Read(body);
        var code = complaint.Category ?? $"http_{answer.Status}";
        var wait = answer.RetryAfter(context.StartedAt);
        return answer.Status switch
        {
            429 => JudgeLimit(complaint, wait),
            401 => Fail(
                FailureKind.Unauthorized,
                code,
                $"HubSpot does not accept the access token of connection '{context.Connection}'. Set the new one as {HubSpotApi.AccessToken}.",
                complaint),
            403 => JudgeForbidden(code, complaint),
            404 => Fail(FailureKind.Rejected, code, NotFound(HubSpotComplaint.IsOne(body)), complaint),
            408 => Fail(FailureKind.Transient, code, "HubSpot did not get the whole request in time.", complaint, wait),
            414 => Fail(FailureKind.Rejected, code, "HubSpot finds the address too long, or the contact has more than 250 identities.", complaint),
            423 => Fail(FailureKind.Transient, code, "HubSpot has locked the record for a moment.", complaint, wait > LockWait ? wait : LockWait),
            477 => Fail(FailureKind.RateLimited, code, "HubSpot is moving the account to another data centre.", complaint, wait ?? LongWait),
            // A proxy in front of HubSpot says that it did not reach it.
            503 or 521 or 523 or 525 or 526 => Fail(FailureKind.Transient, code, $"HubSpot is not reachable just now (status {answer.Status}).", complaint, wait),
            >= 500 or (>= 200 and < 300) => Fail(
                reads ? FailureKind.Transient : FailureKind.Unconfirmed,
                answer.Status < 300 ? "unreadable_answer" : code,
                $"HubSpot answered {answer.Status} without saying what it did.",
                complaint,
                wait),
            409 => Fail(FailureKind.Rejected, code, "Another record stands in the way.", complaint),
            _ => Fail(FailureKind.Rejected, code, $"HubSpot refused the request with status {answer.Status}.", complaint),
        };
    }

    private static StepOutcome.Failed JudgeLimit(HubSpotComplaint complaint, TimeSpan? wait)
    {
        var code = complaint.Policy ?? complaint.Category ?? "http_429";
        return complaint.Policy switch
        {
            "DAILY" => Fail(
                FailureKind.RateLimited,
                code,
                "The account has used up its calls of this day. HubSpot counts anew at midnight in the account's time zone; the hub asks again in an hour.",
                complaint,
                wait ?? LongWait),
            "TEN_SECONDLY_ROLLING" => Fail(FailureKind.RateLimited, code, "HubSpot asks to slow down.", complaint, wait ?? TimeSpan.FromSeconds(10)),
            "SECONDLY" => Fail(FailureKind.RateLimited, code, "HubSpot asks to slow down.", complaint, wait ?? TimeSpan.FromSeconds(1)),
            _ => Fail(FailureKind.RateLimited, code, "HubSpot asks to slow down.", complaint, wait),
        };
    }

    // What the whole token lacks is for a person to mend; what one record forbids is the end of this input only.
    private static StepOutcome.Failed JudgeForbidden(string code, HubSpotComplaint complaint)
    {
        if (complaint.Category != "MISSING_SCOPES" && complaint.Scopes.Count == 0)
        {
            return Fail(FailureKind.Rejected, code, "HubSpot does not let this token do that with this record.", complaint);
        }

        var lacking = complaint.Scopes.Count > 0 ? $" It needs: {string.Join(", ", complaint.Scopes)}." : string.Empty;
        return Fail(
            FailureKind.Unauthorized,
            code,
            $"The access token lacks a scope.{lacking} Add it to the service key or the app in HubSpot, and set the token anew where HubSpot makes a new one.",
            complaint);
    }

    private static string NotFound(bool byHubSpot) => byHubSpot
        ? "HubSpot knows no such record."
        : "There is no such address at HubSpot. Check ApiVersion, and BaseUrl where the connection sets it.";

    private static StepOutcome.Failed Fail(FailureKind kind, string code, string meaning, HubSpotComplaint complaint, TimeSpan? wait = null) =>
        new(kind, code, meaning + complaint.Text, wait);
}
