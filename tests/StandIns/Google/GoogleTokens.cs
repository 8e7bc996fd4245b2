using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>
/// The token endpoint: a JWT signed by the service account, or the refresh token of a person, is traded for a token that lives an hour.
/// </summary>
internal sealed class GoogleTokens(ServiceAccount account, TimeProvider time)
{
    public const string ClientId = "100000000000-standin.apps.googleusercontent.com";

    public const string ClientSecret = "GOCSPX-stand-in";

    public const string RefreshToken = "1//stand-in-refresh-token";

    /// <summary>A token that is there from the start and does not end: what a person pastes for a trial.</summary>
    public const string ReadyToken = "ya29.stand-in-ready-token";

    private const int Lifetime = 3600;

    private static readonly string[] Known =
    [
        "https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive.file",
        "https://www.googleapis.com/auth/calendar", "https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/gmail.send",
    ];

    private readonly SignedClaims _claims = new(account, time);
    private readonly Dictionary<string, GoogleSignIn> _given = new(StringComparer.Ordinal)
    {
        [ReadyToken] = new(ServiceAccount.Email, null, Known, DateTimeOffset.MaxValue),
    };

    private int _count;

    /// <summary>Whom the account may act for, and with which scopes: what an administrator grants under domain-wide delegation.</summary>
    public Dictionary<string, IReadOnlyList<string>> Delegated { get; } = new(StringComparer.OrdinalIgnoreCase) { ["ana@shop.example"] = Known };

    /// <summary>The person whose refresh token it is; null once it was withdrawn.</summary>
    public string? Refreshes { get; set; } = "ana@shop.example";

    /// <summary>Withdraws every token there is; new ones can be had.</summary>
    public void WithdrawAll() => _given.Clear();

    /// <summary>Who a token stands for, or null where it is not taken.</summary>
    public GoogleSignIn? Find(string? token) =>
        token is not null && _given.TryGetValue(token, out var signIn) && signIn.Ends > time.GetUtcNow() ? signIn : null;

    public StandInReply Give(StandInRequest request)
    {
        var form = request.Form();
        return form.GetValueOrDefault("grant_type") switch
        {
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => ForClaims(form.GetValueOrDefault("assertion")),
            "refresh_token" => ForRefreshToken(form),
            _ => GoogleReply.Token(400, "unsupported_grant_type", "Invalid grant_type: " + form.GetValueOrDefault("grant_type")),
        };
    }

    private StandInReply ForClaims(string? assertion)
    {
        if (_claims.Read(assertion, out var refusal) is not { } claims)
        {
            return refusal!;
        }

        var scopes = (claims.Text("scope") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Except(Known).Any())
        {
            return GoogleReply.Token(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }

        var person = claims.Text("sub") is { Length: > 0 } sub && sub != ServiceAccount.Email ? sub : null;
        if (person is not null && (!Delegated.TryGetValue(person, out var granted) || scopes.Except(granted).Any()))
        {
            return GoogleReply.Token(
                401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
        }

        return Give(new GoogleSignIn(ServiceAccount.Email, person, scopes, default));
    }

    private StandInReply ForRefreshToken(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("client_id") != ClientId || form.GetValueOrDefault("client_secret") != ClientSecret)
        {
            return GoogleReply.Token(401, "invalid_client", "The OAuth client was not found.");
        }

        return form.GetValueOrDefault("refresh_token") == RefreshToken && Refreshes is { } person
            ? Give(new GoogleSignIn(person, person, Known, default))
            : GoogleReply.Token(400, "invalid_grant", "Token has been expired or revoked.");
    }

    private StandInReply Give(GoogleSignIn signIn)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"ya29.stand-in-{++_count:d6}");
        _given[token] = signIn with { Ends = time.GetUtcNow().AddSeconds(Lifetime) };
        return StandInReply.Json(200, new JsonObject
        {
            ["access_token"] = token,
            ["expires_in"] = Lifetime,
            ["scope"] = string.Join(' ', signIn.Scopes),
            ["token_type"] = "Bearer",
        });
    }
}
