using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Google;

/// <summary>A refusal, as all Google APIs put it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The reason (<c>duplicate</c>), else the status word (<c>NOT_FOUND</c>), else <c>http_404</c>.</param>
/// <param name="Message">Google's own sentence, one line and short; empty where it gave none.</param>
internal sealed partial record GoogleError(int Status, string Code, string Message)
{
    public static GoogleError Of(SendReply.Answered answer, JsonElement? json)
    {
        var error = json is { } body ? UntrustedJson.Member(body, "error") : null;
        var code = error is { } found ? Reason(found, "details") ?? Reason(found, "errors") ?? UntrustedJson.Text(found, "status") : null;
        var message = error is { } said ? UntrustedJson.Text(said, "message") ?? string.Empty : string.Empty;
        return new GoogleError(answer.Status, code is not null && Word().IsMatch(code) ? code : $"http_{answer.Status}", Shown.Line(message));
    }

    // Older APIs list errors[].reason, newer ones details[].reason.
    private static string? Reason(JsonElement error, string list) =>
        UntrustedJson.Member(error, list) is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Select(item => UntrustedJson.Text(item, "reason")).FirstOrDefault(reason => reason is not null)
            : null;

    [GeneratedRegex("^[A-Za-z_]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

/// <summary>What the hub does about a refusal of any Google API. 401 is <see cref="GoogleSession"/>'s; 409 and 412 are mostly the action's.</summary>
internal static class GoogleErrors
{
    // Calendar and older APIs hide limits in a 403.
    private static readonly string[] Limits =
        ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"];

    private static readonly string[] Disabled = ["accessNotConfigured", "SERVICE_DISABLED"];

    private static readonly string[] Scopes = ["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"];

    /// <param name="error">What Google said.</param>
    /// <param name="wait">How long it asked to wait.</param>
    /// <param name="reads">True where the request could change nothing.</param>
    /// <param name="account">Whom things must be shared with.</param>
    public static StepOutcome.Failed Judge(GoogleError error, TimeSpan? wait, bool reads, string account) => error.Status switch
    {
        429 => new(FailureKind.RateLimited, error.Code, "Google asks to slow down.", wait),
        403 => Forbidden(error, wait, account),
        404 => Rejected(error, "Google does not find it. Check the id and the name"),
        408 => new(FailureKind.Transient, error.Code, "Google did not get the whole request in time.", wait),
        409 => Rejected(error, "It is there already, or someone changes it at this moment"),
        412 => Rejected(error, "Someone else changed it meanwhile"),
        >= 500 => new(
            reads ? FailureKind.Transient : FailureKind.Unconfirmed,
            error.Code,
            reads ? $"Google failed on its side with status {error.Status}." : $"Google failed on its side with status {error.Status}, so it is not known what it did.",
            wait),
        >= 200 and < 300 => new(
            reads ? FailureKind.Transient : FailureKind.Unconfirmed,
            "unreadable_answer",
            $"Google answered {error.Status} without what it should have told.",
            wait),
        _ => Rejected(error, $"Google refused the request with status {error.Status}"),
    };

    private static StepOutcome.Failed Forbidden(GoogleError error, TimeSpan? wait, string account)
    {
        if (Limits.Contains(error.Code))
        {
            return new(FailureKind.RateLimited, error.Code, "Google asks to slow down.", wait);
        }

        if (Disabled.Contains(error.Code))
        {
            return new(FailureKind.Unauthorized, error.Code, Say(error, "The API is not switched on in the account's project. Enable it in the Google Cloud console"));
        }

        if (Scopes.Contains(error.Code))
        {
            return new(FailureKind.Unauthorized, error.Code, Say(error, "The token lacks the scope that the connector's page names. Set one that has it"));
        }

        return error.Code == "forbiddenForServiceAccounts"
            ? Rejected(error, "A service account may do this only for a person. Set the connection's ActAs, after domain-wide delegation is granted")
            : Rejected(error, $"Google does not let the account do this. Share it with {account}, with the right to make changes");
    }

    private static StepOutcome.Failed Rejected(GoogleError error, string meaning) => new(FailureKind.Rejected, error.Code, Say(error, meaning));

    private static string Say(GoogleError error, string meaning) =>
        error.Message.Length == 0 ? $"{meaning}." : $"{meaning}. (Google: {error.Message.TrimEnd('.')})";
}
