using ConnectorHub.Abstractions;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;

namespace ConnectorHub.Connectors.Google;

/// <summary>Signs a service account in: a JWT signed with its key, traded for a token that lives an hour.</summary>
internal static class GoogleToken
{
    private const string TokenUrl = "TokenUrl";
    private const string Google = "https://oauth2.googleapis.com/token";

    /// <summary>Where tokens are asked for.</summary>
    public static string Address(ActionContext context) => context.FindSetting(TokenUrl) is { Length: > 0 } address ? address : Google;

    /// <summary>Asks for a token. <paramref name="scope"/> is one address, or several with spaces between them.</summary>
    public static async Task<TokenReply> LoadAsync(ActionContext context, Secret file, string scope, string? actAs, CancellationToken cancellationToken)
    {
        if (!GoogleKey.TryRead(file, out var key, out var flaw))
        {
            return new TokenReply.Failed(Unreadable(context, flaw));
        }

        var http = new HubHttp(context);
        using var rsa = key.OpenKey();
        var credential = new ServiceAccountCredential(new ServiceAccountCredential.Initializer(key.Email, Address(context))
        {
            Key = rsa,
            KeyId = key.Id,
            Scopes = scope.Split(' '),
            User = actAs,
            Clock = new HubClock(context),
            HttpClientFactory = http,
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        });
        try
        {
            await credential.RequestAccessTokenAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            return new TokenReply.Failed(GoogleTokenErrors.Judge(http.Reply, context, GoogleTokenErrors.OfAccount));
        }

        return credential.Token is { AccessToken.Length: > 0, ExpiresInSeconds: > 0 and var seconds } token
            ? new TokenReply.Ready(new Secret(token.AccessToken), TimeSpan.FromSeconds(Math.Min(seconds, 86_400)))
            : new TokenReply.Failed(GoogleTokenErrors.Judge(http.Reply, context, GoogleTokenErrors.OfAccount));
    }

    private static StepOutcome.Failed Unreadable(ActionContext context, string flaw) => new(
        FailureKind.Unauthorized,
        "key_unreadable",
        $"Connections:{context.Connection}:Secrets:{GoogleSession.ServiceAccountKey} is not the key file of a service account: {flaw}. "
        + "Download a JSON key in the Google Cloud console (IAM & Admin, Service Accounts, Keys) and set it as file:secrets/google.json.");
}
