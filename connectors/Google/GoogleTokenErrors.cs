using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Google;

/// <summary>What it means where asking for a token gave none.</summary>
internal static partial class GoogleTokenErrors
{
    /// <summary>What a word of Google's means for a service account, or null.</summary>
    public static string? OfAccount(string error) => error switch
    {
        "invalid_grant" => "Google no longer takes the key (deleted, or its account is gone), does not know the person in ActAs, or the hub's clock is wrong. "
            + "Check the clock and ActAs, else make a new key.",
        "unauthorized_client" => "The account may not act for the person in ActAs. In the Google Admin console, under Security, API controls, "
            + "Domain-wide delegation, add its client id with the scope that the connector's page names; it can take some minutes to count.",
        "access_denied" => "An administrator does not let the account in. Ask who manages Google Workspace.",
        "invalid_scope" => "Google does not know a scope, or it is not granted under Domain-wide delegation in the Google Admin console.",
        "invalid_client" => "Google does not know the account of the key. Make a new key for an account that exists.",
        _ => null,
    };

    /// <summary>What a word of Google's means for a person's refresh token, or null.</summary>
    public static string? OfPerson(string error) => error switch
    {
        "invalid_grant" => "Google no longer takes the refresh token: the person withdrew access or changed their password, the token was not used for six months, "
            + "or the app is in testing mode, where a token ends after 7 days. Publish the app where it is in testing, sign in again and set the new RefreshToken.",
        "invalid_client" => "Google does not know the app or its secret. Compare ClientId and ClientSecret with the app's page in the Google Cloud console.",
        "unauthorized_client" => "The refresh token was made for another app. Set the ClientId and the ClientSecret of the app it was made for.",
        "access_denied" or "admin_policy_enforced" => "An administrator does not let the app in. Ask who manages Google Workspace.",
        _ => null,
    };

    /// <summary>What the hub does about it. <paramref name="meaning"/> is one of the two above.</summary>
    public static StepOutcome.Failed Judge(SendReply? reply, ActionContext context, Func<string, string?> meaning) => reply switch
    {
        SendReply.Answered answer => Judge(answer, context, meaning),
        SendReply.NeverSent { Forbidden: true } refused => new(FailureKind.Rejected, refused.Code, refused.Reason),
        SendReply.NeverSent never => new(FailureKind.Transient, never.Code, never.Reason),
        SendReply.Lost lost => new(FailureKind.Transient, lost.Code, lost.Reason),
        _ => new(FailureKind.Transient, "token_missing", "Google was not asked for a token."),
    };

    private static StepOutcome.Failed Judge(SendReply.Answered answer, ActionContext context, Func<string, string?> meaning)
    {
        var wait = answer.RetryAfter(context.StartedAt);
        return answer.Status switch
        {
            429 => new(FailureKind.RateLimited, "token_rate_limited", "Google asks to slow down with signing in.", wait),
            408 or >= 500 or < 300 => new(FailureKind.Transient, "token_unavailable", $"Google answered {answer.Status} without a token.", wait),
            _ => Refused(answer, meaning),
        };
    }

    private static StepOutcome.Failed Refused(SendReply.Answered answer, Func<string, string?> meaning)
    {
        var error = UntrustedJson.Answer(answer) is { } json && UntrustedJson.Text(json, "error") is { } word && Word().IsMatch(word) ? word : null;
        var said = (error is null ? null : meaning(error)) ?? $"Google refused to sign in with status {answer.Status}. Check the secrets and the TokenUrl.";
        return new(FailureKind.Unauthorized, error ?? "token_refused", $"{said}{(error is null ? string.Empty : $" (Google: {error})")}");
    }

    [GeneratedRegex("^[a-z_]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
