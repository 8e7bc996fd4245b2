using System.Text;
using System.Web;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Tests.Acceptance.Connectors.Google;

public sealed class GoogleRefreshTests
{
    private const string Scope = "https://www.googleapis.com/auth/spreadsheets";
    private const string Good = """{"access_token":"ya29.new-token","expires_in":3599,"token_type":"Bearer"}""";

    private static readonly Dictionary<string, Secret> Person = new() { ["RefreshToken"] = new("1//canary refresh+token"), ["ClientSecret"] = new("canary-client") };

    private static readonly Dictionary<string, string> App = new() { ["ClientId"] = "1234-abc.apps.googleusercontent.com" };

    [Fact]
    public async Task A_refresh_token_is_traded_for_a_token()
    {
        var (reply, context) = await OpenAsync(_ => ScriptedContext.Answer(200, Good));

        var session = Assert.IsType<GoogleReply<GoogleSession>.Got>(reply).Value;
        Assert.Equal("ya29.new-token", session.Read("v4").SecretHeaders[0].Value.Reveal());
        var request = Assert.Single(context.Requests);
        Assert.Equal((HttpMethod.Post, "https://oauth2.googleapis.com/token", true), (request.Method, request.Url, request.Reads));
        var form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(
            ("refresh_token", "1//canary refresh+token", "canary-client", "1234-abc.apps.googleusercontent.com"),
            (form["grant_type"], form["refresh_token"], form["client_secret"], form["client_id"]));
    }

    [Fact]
    public async Task A_kept_token_is_used_without_asking_again()
    {
        var context = new ScriptedContext(Person, _ => ScriptedContext.Answer(500)) { Settings = App, Token = new Secret("kept") };

        Assert.IsType<GoogleReply<GoogleSession>.Got>(await GoogleSession.OpenAsync(context, Scope, TestContext.Current.CancellationToken));
        Assert.Empty(context.Requests);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", FailureKind.Unauthorized, "invalid_grant", "7 days")]
    [InlineData(401, """{"error":"invalid_client"}""", FailureKind.Unauthorized, "invalid_client", "ClientSecret")]
    [InlineData(401, """{"error":"unauthorized_client"}""", FailureKind.Unauthorized, "unauthorized_client", "another app")]
    [InlineData(403, "<html>", FailureKind.Unauthorized, "token_refused", "TokenUrl")]
    [InlineData(429, "", FailureKind.RateLimited, "token_rate_limited", "slow down")]
    [InlineData(503, "", FailureKind.Transient, "token_unavailable", "503")]
    [InlineData(200, "{}", FailureKind.Transient, "token_unavailable", "without a token")]
    [InlineData(200, """{"access_token":"a","expires_in":"soon"}""", FailureKind.Transient, "token_unavailable", "without a token")]
    [InlineData(200, """{"access_token":"","expires_in":60}""", FailureKind.Transient, "token_unavailable", "without a token")]
    public async Task Each_refusal_says_what_the_hub_does_next_and_what_a_person_does(int status, string body, FailureKind kind, string code, string said)
    {
        var (reply, context) = await OpenAsync(_ => ScriptedContext.Answer(status, body));

        var failed = Stopped(reply);
        Assert.Equal((kind, code), (failed.Kind, failed.Code));
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failed.Message, StringComparison.Ordinal);
        Assert.Single(context.Requests);
    }

    [Theory]
    [InlineData("RefreshToken,ServiceAccountKey,ClientSecret", "ClientId", "credentials_ambiguous", "two ways to sign in")]
    [InlineData("RefreshToken,ClientSecret", "ClientId,ActAs", "credentials_ambiguous", "ActAs")]
    [InlineData("RefreshToken", "ClientId", "secret_missing", "ClientSecret")]
    [InlineData("RefreshToken,ClientSecret", "", "setting_missing", "ClientId")]
    [InlineData("", "", "secret_missing", "RefreshToken")]
    [InlineData("ClientSecret", "ClientId", "secret_missing", "ServiceAccountKey")]
    public async Task What_does_not_go_together_blocks_the_connection_and_sends_nothing(string secrets, string settings, string code, string said)
    {
        var context = new ScriptedContext(
            Names(secrets).ToDictionary(name => name, name => new Secret($"canary-{name}")), _ => ScriptedContext.Answer(200, Good))
        {
            Settings = Names(settings).ToDictionary(name => name, name => $"a-{name}"),
            Token = null,
        };

        var failed = Stopped(await GoogleSession.OpenAsync(context, Scope, TestContext.Current.CancellationToken));

        Assert.Equal((FailureKind.Unauthorized, code), (failed.Kind, failed.Code));
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failed.Message, StringComparison.Ordinal);
        Assert.Empty(context.Requests);
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static StepOutcome.Failed Stopped(GoogleReply<GoogleSession> reply) =>
        Assert.IsType<StepOutcome.Failed>(Assert.IsType<GoogleReply<GoogleSession>.Stopped>(reply).Outcome);

    private static async Task<(GoogleReply<GoogleSession> Reply, ScriptedContext Context)> OpenAsync(Func<OutboundRequest, SendReply> answer)
    {
        var context = new ScriptedContext(Person, answer) { Settings = App, Token = null };
        return (await GoogleSession.OpenAsync(context, Scope, TestContext.Current.CancellationToken), context);
    }
}
