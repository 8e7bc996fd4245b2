using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Slack;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

public sealed class SlackErrorTests
{
    [Theory]
    [InlineData("ratelimited", FailureKind.RateLimited)]
    [InlineData("message_limit_exceeded", FailureKind.RateLimited)]
    [InlineData("service_unavailable", FailureKind.Transient)]
    [InlineData("request_timeout", FailureKind.Transient)]
    [InlineData("team_added_to_org", FailureKind.Transient)]
    [InlineData("internal_error", FailureKind.Unconfirmed)]
    [InlineData("fatal_error", FailureKind.Unconfirmed)]
    [InlineData("invalid_auth", FailureKind.Unauthorized)]
    [InlineData("token_revoked", FailureKind.Unauthorized)]
    [InlineData("missing_scope", FailureKind.Unauthorized)]
    [InlineData("ekm_access_denied", FailureKind.Unauthorized)]
    [InlineData("channel_not_found", FailureKind.Rejected)]
    [InlineData("not_in_channel", FailureKind.Rejected)]
    [InlineData("is_archived", FailureKind.Rejected)]
    [InlineData("restricted_action_thread_locked", FailureKind.Rejected)]
    [InlineData("no_text", FailureKind.Rejected)]
    [InlineData("msg_too_long", FailureKind.Rejected)]
    [InlineData("metadata_too_large", FailureKind.Rejected)]
    public async Task A_refusal_with_status_200_is_judged_by_its_word(string error, FailureKind kind)
    {
        var failed = await FailAsync(200, $$"""{"ok":false,"error":"{{error}}"}""");

        Assert.Equal(kind, failed.Kind);
        Assert.Equal(error, failed.Code);
    }

    [Fact]
    public async Task An_unknown_word_is_rejected_and_kept()
    {
        var failed = await FailAsync(200, """{"ok":false,"error":"brand_new_reason"}""");

        Assert.Equal((FailureKind.Rejected, "brand_new_reason"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_text_that_is_no_word_is_not_kept()
    {
        var failed = await FailAsync(200, """{"ok":false,"error":"<script>alert(1)</script>"}""");

        Assert.Equal((FailureKind.Rejected, "unknown_error"), (failed.Kind, failed.Code));
        Assert.DoesNotContain("script", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var failed = await FailAsync(200, """{"ok":false,"error":"missing_scope","needed":"chat:write,groups:read","provided":"users:read"}""");

        Assert.Contains("chat:write,groups:read", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_limit_within_a_200_waits_as_its_header_says()
    {
        var failed = await FailAsync(200, """{"ok":false,"error":"ratelimited"}""", ("Retry-After", "30"));

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(30)), (failed.Kind, failed.RetryAfter));
    }

    [Fact]
    public async Task A_full_workspace_is_waited_for_at_length()
    {
        var failed = await FailAsync(200, """{"ok":false,"error":"message_limit_exceeded"}""");

        Assert.Equal(TimeSpan.FromHours(1), failed.RetryAfter);
    }

    [Fact]
    public async Task A_word_counts_more_than_the_status_it_came_with()
    {
        Assert.Equal(FailureKind.Transient, (await FailAsync(503, """{"ok":false,"error":"service_unavailable"}""")).Kind);
        Assert.Equal(FailureKind.Unconfirmed, (await FailAsync(500, """{"ok":false,"error":"brand_new_reason"}""")).Kind);
        Assert.Equal(FailureKind.Unauthorized, (await FailAsync(403, """{"ok":false,"error":"access_denied"}""")).Kind);
    }

    [Fact]
    public async Task Ok_with_a_failing_status_is_not_believed() =>
        Assert.Equal(FailureKind.Unconfirmed, (await FailAsync(502, """{"ok":true,"channel":"C024BE91L","ts":"1.2"}""")).Kind);

    [Fact]
    public async Task Ok_without_the_message_is_unconfirmed() =>
        Assert.Equal(FailureKind.Unconfirmed, (await FailAsync(200, """{"ok":true,"channel":"C024BE91L"}""")).Kind);

    [Fact]
    public async Task What_leaves_a_write_in_doubt_is_only_a_nuisance_to_a_read()
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(200, """{"ok":false,"error":"fatal_error"}"""));

        var outcome = await new FindUserByEmail().ExecuteAsync(SlackSecrets.Json("""{"email":"ana@shop.example"}"""), context, CancellationToken.None);

        Assert.Equal(FailureKind.Transient, Outcomes.Kind(outcome));
    }

    [Theory]
    [InlineData(400, "invalid_payload", FailureKind.Rejected)]
    [InlineData(403, "action_prohibited", FailureKind.Rejected)]
    [InlineData(403, "invalid_token", FailureKind.Unauthorized)]
    [InlineData(404, "no_service", FailureKind.Unauthorized)]
    [InlineData(404, "channel_not_found", FailureKind.Rejected)]
    [InlineData(410, "channel_is_archived", FailureKind.Unauthorized)]
    [InlineData(404, "something_else", FailureKind.Rejected)]
    [InlineData(500, "rollup_error", FailureKind.Unconfirmed)]
    [InlineData(200, "okay", FailureKind.Unconfirmed)]
    public async Task A_webhook_refuses_with_a_plain_word(int status, string word, FailureKind kind)
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(status, word));

        var outcome = await new PostWebhook().ExecuteAsync(SlackSecrets.Json("""{"text":"Hello"}"""), context, CancellationToken.None);

        Assert.Equal(kind, Outcomes.Kind(outcome));
    }

    private static async Task<StepOutcome.Failed> FailAsync(int status, string body, params (string Name, string Value)[] headers)
    {
        var context = ScriptedContext.Of(SlackSecrets.All, ScriptedContext.Answer(status, body, headers));
        return Assert.IsType<StepOutcome.Failed>(
            await new PostMessage().ExecuteAsync(SlackSecrets.Json("""{"channel":"C024BE91L","text":"Hello"}"""), context, CancellationToken.None));
    }
}
