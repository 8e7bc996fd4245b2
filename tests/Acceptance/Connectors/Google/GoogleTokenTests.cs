using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Tests.Acceptance.Connectors.Google;

public sealed class GoogleTokenTests
{
    private const string Scope = "https://www.googleapis.com/auth/spreadsheets";
    private const string Good = """{"access_token":"ya29.new-token","expires_in":3599,"token_type":"Bearer"}""";

    [Fact]
    public async Task A_token_is_asked_for_with_a_JWT_that_the_key_signed()
    {
        var context = Attempt(_ => ScriptedContext.Answer(200, Good));

        var reply = await LoadAsync(context, actAs: "ana@shop.example");

        var ready = Assert.IsType<TokenReply.Ready>(reply);
        Assert.Equal(("ya29.new-token", TimeSpan.FromSeconds(3599)), (ready.Token.Reveal(), ready.Lifetime));
        var request = Assert.Single(context.Requests);
        Assert.Equal((HttpMethod.Post, "https://oauth2.googleapis.com/token", true), (request.Method, request.Url, request.Reads));
        var form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var claims = Verified(form["assertion"]!);
        Assert.Equal(KeyFile.Email, claims.GetProperty("iss").GetString());
        Assert.Equal("ana@shop.example", claims.GetProperty("sub").GetString());
        Assert.Equal(Scope, claims.GetProperty("scope").GetString());
        Assert.Equal("https://oauth2.googleapis.com/token", claims.GetProperty("aud").GetString());
        Assert.Equal(ScriptedContext.Start.ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        Assert.Equal(ScriptedContext.Start.AddHours(1).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
    }

    [Fact]
    public async Task A_stand_in_is_asked_where_TokenUrl_says_so_and_the_file_has_no_say()
    {
        var context = Attempt(_ => ScriptedContext.Answer(200, Good), new() { ["TokenUrl"] = "http://127.0.0.1:5055/token" });

        await LoadAsync(context);

        Assert.Equal("http://127.0.0.1:5055/token", Assert.Single(context.Requests).Url);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""", FailureKind.Unauthorized, "invalid_grant")]
    [InlineData(401, """{"error":"unauthorized_client"}""", FailureKind.Unauthorized, "unauthorized_client")]
    [InlineData(403, """{"error":"access_denied"}""", FailureKind.Unauthorized, "access_denied")]
    [InlineData(400, """{"error":"invalid_scope"}""", FailureKind.Unauthorized, "invalid_scope")]
    [InlineData(401, """{"error":"invalid_client"}""", FailureKind.Unauthorized, "invalid_client")]
    [InlineData(404, "<html>", FailureKind.Unauthorized, "token_refused")]
    [InlineData(429, "", FailureKind.RateLimited, "token_rate_limited")]
    [InlineData(500, "<html>", FailureKind.Transient, "token_unavailable")]
    [InlineData(503, """{"error":"internal_failure"}""", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, "<html>", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, "", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, "{\"access_token\":", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, "[]", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, """{"access_token":7,"expires_in":"soon"}""", FailureKind.Transient, "token_unavailable")]
    [InlineData(200, """{"access_token":"ya29.a"}""", FailureKind.Transient, "token_unavailable")]
    public async Task What_is_no_token_says_what_the_hub_does_next(int status, string body, FailureKind kind, string code)
    {
        var context = Attempt(_ => ScriptedContext.Answer(status, body));

        var failed = Assert.IsType<TokenReply.Failed>(await LoadAsync(context)).Outcome;

        Assert.Equal((kind, code), (failed.Kind, failed.Code));
        Assert.Single(context.Requests);
    }

    [Fact]
    public async Task A_token_request_that_is_lost_or_never_left_is_transient()
    {
        foreach (var reply in new SendReply[] { new SendReply.Lost("timeout", "No answer."), new SendReply.NeverSent("connect_failed", "Refused.") })
        {
            var failed = Assert.IsType<TokenReply.Failed>(await LoadAsync(Attempt(_ => reply)));

            Assert.Equal(FailureKind.Transient, failed.Outcome.Kind);
        }
    }

    [Theory]
    [InlineData("secrets/google.json", "write file:")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "not JSON")]
    [InlineData("""{"installed":{"client_id":"canary"}}""", "OAuth client")]
    [InlineData("""{"type":"service_account","private_key":"canary"}""", "client_email")]
    [InlineData("""{"type":"service_account","client_email":"canary"}""", "\"private_key\"")]
    [InlineData("""{"type":"service_account","client_email":"a@b","private_key":"canary"}""", "PEM")]
    [InlineData("""{"type":"service_account","client_email":"a@b","private_key":"-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"}""", "PEM")]
    public async Task A_file_that_is_no_key_is_named_with_its_place_and_not_shown(string file, string flaw)
    {
        var context = Attempt(_ => ScriptedContext.Answer(200, Good));

        var failed = Assert.IsType<TokenReply.Failed>(
            await GoogleToken.LoadAsync(context, new Secret(file), Scope, null, TestContext.Current.CancellationToken)).Outcome;

        Assert.Equal((FailureKind.Unauthorized, "key_unreadable"), (failed.Kind, failed.Code));
        Assert.Contains(flaw, failed.Message, StringComparison.Ordinal);
        Assert.Contains("Connections:stand-in:Secrets:ServiceAccountKey", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failed.Message, StringComparison.Ordinal);
        Assert.Empty(context.Requests);
    }

    private static Task<TokenReply> LoadAsync(ScriptedContext context, string? actAs = null) =>
        GoogleToken.LoadAsync(context, KeyFile.Secret, Scope, actAs, TestContext.Current.CancellationToken);

    private static ScriptedContext Attempt(Func<OutboundRequest, SendReply> answer, Dictionary<string, string>? settings = null) =>
        new(new Dictionary<string, Secret>(), answer) { Settings = settings ?? [] };

    private static JsonElement Verified(string jwt)
    {
        var parts = jwt.Split('.');
        Assert.True(KeyFile.Rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("key-7", JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])).GetProperty("kid").GetString());
        return JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
    }
}
