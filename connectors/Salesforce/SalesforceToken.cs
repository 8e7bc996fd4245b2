using System.Text;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>Signs an external client app in: OAuth client credentials, at the organisation's own host.</summary>
internal static partial class SalesforceToken
{
    private const string ClientId = "ClientId";
    private const string ClientSecret = "ClientSecret";

    // Salesforce does not say how long a token lives. Its shortest session is 15 minutes, the usual one 2 hours; one that ended is told by a 401.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>The outcome where a credential is not set, or null.</summary>
    public static StepOutcome? FindMissing(ActionContext context) =>
        context.FindSecret(ClientId) is null ? MissingSecret.Outcome(context, ClientId)
        : context.FindSecret(ClientSecret) is null ? MissingSecret.Outcome(context, ClientSecret)
        : null;

    /// <summary>Asks for a token.</summary>
    public static async Task<TokenReply> LoadAsync(ActionContext context, string domain, CancellationToken cancellationToken)
    {
        if (context.FindSecret(ClientId) is not { } id || context.FindSecret(ClientSecret) is not { } secret)
        {
            return new TokenReply.Failed((StepOutcome.Failed)FindMissing(context)!);
        }

        // As a header and not in the form: the hub shows bodies.
        var basic = new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id.Reveal()}:{secret.Reveal()}")));
        var request = new OutboundRequest(HttpMethod.Post, $"https://{domain}/services/oauth2/token")
        {
            // Signing in changes nothing at Salesforce, so a rehearsal may do it.
            Reads = true,
            SecretHeaders = [new SecretHeader("Authorization", "Basic ", basic)],
            Body = "grant_type=client_credentials"u8.ToArray(),
            ContentType = "application/x-www-form-urlencoded",
        };
        TokenReply? token = null;
        var outcome = await context.CallAsync(request, answer => Judge(answer, context, out token), () => OutputJson.Of(new object()), cancellationToken);
        return token ?? new TokenReply.Failed(outcome as StepOutcome.Failed
            ?? new StepOutcome.Failed(FailureKind.Transient, "token_missing", "Salesforce was not asked for a token."));
    }

    private static StepOutcome Judge(SendReply.Answered answer, ActionContext context, out TokenReply? token)
    {
        var json = UntrustedJson.Answer(answer);
        token = answer.Status is >= 200 and < 300 && json is { } body && UntrustedJson.Text(body, "access_token") is { Length: > 0 } text
            ? new TokenReply.Ready(new Secret(text), Lifetime)
            : null;
        if (token is not null)
        {
            return NothingToAsk.Outcome;
        }

        var wait = answer.RetryAfter(context.StartedAt);
        var word = json is { } said && UntrustedJson.Text(said, "error") is { } error && Word().IsMatch(error) ? error : null;
        return (answer.Status, word) switch
        {
            (429, _) => new StepOutcome.Failed(FailureKind.RateLimited, "token_rate_limited", "Salesforce asks to slow down with signing in.", wait),
            (408 or >= 500 or < 300, _) or (_, "unknown_error" or "server_error" or "temporarily_unavailable") => new StepOutcome.Failed(
                FailureKind.Transient, word ?? "token_unavailable", $"Salesforce answered {answer.Status} without a token.", wait),
            (404, _) => StepOutcome.Fail(
                FailureKind.Unauthorized, "domain_unknown", "Salesforce knows no such host. Check the setting Domain: Setup, My Domain, Current My Domain URL."),
            _ => StepOutcome.Fail(FailureKind.Unauthorized, word ?? "token_refused", Meaning(word, answer.Status)),
        };
    }

    private static string Meaning(string? word, int status) => word switch
    {
        "invalid_client_id" or "invalid_client" or "invalid_client_credentials" =>
            $"Salesforce does not know the consumer key, or the secret is another's. Set ClientId and ClientSecret anew; a new app can take ten minutes to count. (Salesforce: {word})",
        "invalid_grant" =>
            "The app has no user to act as, or that user may not sign in. In the app's policies, switch on the client credentials flow and choose an active user under Run As. "
            + "(Salesforce: invalid_grant)",
        "unsupported_grant_type" =>
            "The app does not allow the client credentials flow, or Domain is not your My Domain. Switch the flow on in the app's OAuth settings and in its policies. "
            + "(Salesforce: unsupported_grant_type)",
        "inactive_user" or "inactive_org" => $"The app's user or the organisation is not active. Ask a Salesforce administrator. (Salesforce: {word})",
        null => $"Salesforce refused to sign the app in with status {status}. Check Domain, ClientId and ClientSecret.",
        _ => $"Salesforce refused to sign the app in. Check its OAuth settings and policies. (Salesforce: {word})",
    };

    [GeneratedRegex(@"^[a-z_]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
