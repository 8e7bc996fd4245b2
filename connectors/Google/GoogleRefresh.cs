using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Google;

/// <summary>Signs a person in: the refresh token they gave an app is traded for a token that lives an hour (RFC 6749, 6).</summary>
internal static class GoogleRefresh
{
    private const long LongestLife = 86_400;

    public static async Task<TokenReply> LoadAsync(ActionContext context, GoogleSignIn.Person person, CancellationToken cancellationToken)
    {
        var form = new (string Name, string Value)[]
        {
            ("grant_type", "refresh_token"),
            ("client_id", person.App),
            ("client_secret", person.AppSecret.Reveal()),
            ("refresh_token", person.Token.Reveal()),
        };
        var request = new OutboundRequest(HttpMethod.Post, GoogleToken.Address(context))
        {
            // Signing in changes nothing at Google, so a rehearsal may do it.
            Reads = true,
            Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))),
            ContentType = "application/x-www-form-urlencoded",
        };
        var reply = await context.SendAsync(request, cancellationToken);
        return Read(reply) is { } ready ? ready : new TokenReply.Failed(GoogleTokenErrors.Judge(reply, context, GoogleTokenErrors.OfPerson));
    }

    private static TokenReply.Ready? Read(SendReply reply) =>
        reply is SendReply.Answered { Status: >= 200 and < 300 } answer
        && UntrustedJson.Answer(answer) is { } json
        && UntrustedJson.Text(json, "access_token") is { Length: > 0 } token
        && UntrustedJson.Member(json, "expires_in") is { ValueKind: JsonValueKind.Number } life
        && life.TryGetInt64(out var seconds)
        && seconds > 0
            ? new TokenReply.Ready(new Secret(token), TimeSpan.FromSeconds(Math.Min(seconds, LongestLife)))
            : null;
}
