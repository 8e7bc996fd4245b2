using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Tests.Acceptance.Connectors.Google;

public sealed class GoogleSessionTests
{
    private const string Scope = "https://www.googleapis.com/auth/spreadsheets";
    private const string Token = """{"access_token":"ya29.new-token","expires_in":3599}""";

    private static readonly Dictionary<string, Secret> WithKey = new() { [GoogleSession.ServiceAccountKey] = KeyFile.Secret };

    [Fact]
    public async Task A_kept_token_that_is_refused_is_given_back_and_tried_anew()
    {
        var context = new ScriptedContext(WithKey, _ => ScriptedContext.Answer(401));

        var failed = await AskAsync(context);

        Assert.Equal((FailureKind.Transient, "token_refused"), (failed.Kind, failed.Code));
        Assert.Single(context.ForgottenTokens);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_needs_a_person()
    {
        var context = new ScriptedContext(WithKey, request => request.Url.EndsWith("/token", StringComparison.Ordinal) ? ScriptedContext.Answer(200, Token) : ScriptedContext.Answer(401))
        {
            Token = null,
        };

        Assert.Equal(FailureKind.Unauthorized, (await AskAsync(context)).Kind);
        Assert.Equal("ya29.new-token", context.Requests[^1].SecretHeaders[0].Value.Reveal());
    }

    [Fact]
    public async Task A_ready_token_is_used_as_it_is_and_a_refusal_needs_a_person()
    {
        var context = new ScriptedContext(new Dictionary<string, Secret> { [GoogleSession.AccessToken] = new("static-token") }, _ => ScriptedContext.Answer(401));

        Assert.Equal(FailureKind.Unauthorized, (await AskAsync(context)).Kind);
        Assert.Equal("static-token", Assert.Single(context.Requests).SecretHeaders[0].Value.Reveal());
        Assert.Empty(context.ForgottenTokens);
    }

    [Theory]
    [InlineData(403, """{"error":{"code":403,"errors":[{"domain":"usageLimits","reason":"rateLimitExceeded"}]}}""", FailureKind.RateLimited, "rateLimitExceeded")]
    [InlineData(403, """{"error":{"code":403,"errors":[{"reason":"userRateLimitExceeded"}]}}""", FailureKind.RateLimited, "userRateLimitExceeded")]
    [InlineData(403, """{"error":{"code":403,"errors":[{"reason":"quotaExceeded"}]}}""", FailureKind.RateLimited, "quotaExceeded")]
    [InlineData(403, """{"error":{"code":403,"errors":[{"reason":"forbiddenForServiceAccounts"}]}}""", FailureKind.Rejected, "forbiddenForServiceAccounts")]
    [InlineData(403, """{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}""", FailureKind.Rejected, "PERMISSION_DENIED")]
    [InlineData(403, """{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"@type":"x"},{"reason":"SERVICE_DISABLED"}]}}""", FailureKind.Unauthorized, "SERVICE_DISABLED")]
    [InlineData(404, """{"error":{"code":404,"status":"NOT_FOUND"}}""", FailureKind.Rejected, "NOT_FOUND")]
    [InlineData(400, """{"error":{"code":400,"status":"INVALID_ARGUMENT"}}""", FailureKind.Rejected, "INVALID_ARGUMENT")]
    [InlineData(412, """{"error":{"errors":[{"reason":"conditionNotMet"}]}}""", FailureKind.Rejected, "conditionNotMet")]
    [InlineData(429, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}""", FailureKind.RateLimited, "RESOURCE_EXHAUSTED")]
    [InlineData(502, "<html>", FailureKind.Transient, "http_502")]
    [InlineData(403, "<html>", FailureKind.Rejected, "http_403")]
    public async Task Each_refusal_says_what_the_hub_does_next(int status, string body, FailureKind kind, string code)
    {
        var failed = await AskAsync(new ScriptedContext(WithKey, _ => ScriptedContext.Answer(status, body)));

        Assert.Equal((kind, code), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_missing_right_names_the_account_to_share_with_and_what_Google_said()
    {
        var failed = await AskAsync(new ScriptedContext(
            WithKey, _ => ScriptedContext.Answer(403, """{"error":{"message":"The caller\n does not have permission","status":"PERMISSION_DENIED"}}""")));

        Assert.Contains(KeyFile.Email, failed.Message, StringComparison.Ordinal);
        Assert.Contains("(Google: The caller does not have permission)", failed.Message, StringComparison.Ordinal);
    }

    private static async Task<StepOutcome.Failed> AskAsync(ScriptedContext context)
    {
        var opened = await GoogleSession.OpenAsync(context, Scope, TestContext.Current.CancellationToken);
        var session = Assert.IsType<GoogleReply<GoogleSession>.Got>(opened).Value;
        var asked = await session.AskAsync<object>(session.Read("v4/spreadsheets/1"), json => json, new object(), TestContext.Current.CancellationToken);
        return Assert.IsType<StepOutcome.Failed>(Assert.IsType<GoogleReply<object>.Stopped>(asked).Outcome);
    }
}
