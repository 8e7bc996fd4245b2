using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>
/// What the hub does about each of Slack's error words (docs.slack.dev, as of 2026-08). The list grows: an unknown word is Rejected and kept.
/// </summary>
internal static partial class SlackErrors
{
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1);

    private static readonly Row[] Rows =
    [
        new(FailureKind.RateLimited, "Slack asks to slow down.", "ratelimited rate_limited"),
        new(FailureKind.RateLimited, "The workspace has sent as many messages as Slack lets it for now.", "message_limit_exceeded", LongWait),
        new(
            FailureKind.Transient,
            "Slack could not do it just now; nothing was changed.",
            "service_unavailable request_timeout team_added_to_org external_channel_migrating update_failed streaming_state_conflict"),
        new(
            FailureKind.Unconfirmed,
            "Slack failed on its side and may have done a part of it.",
            "internal_error fatal_error rollup_error"),
        new(
            FailureKind.Unauthorized,
            "Slack no longer accepts the token. Reinstall the app and set the new BotToken.",
            "not_authed invalid_auth account_inactive token_revoked token_expired not_allowed_token_type"),
        new(
            FailureKind.Unauthorized,
            "The app lacks a permission. Add the scope on the app's page (OAuth & Permissions) and reinstall it.",
            "missing_scope no_permission"),
        new(
            FailureKind.Unauthorized,
            "The workspace does not let the app in. Ask a Slack administrator.",
            "org_login_required two_factor_setup_required ekm_access_denied accesslimited access_denied app_access_restricted team_disabled"),
        new(
            FailureKind.Unauthorized,
            "The incoming webhook is gone. Make a new one on the app's page and set the new WebhookUrl.",
            "invalid_token no_service no_service_id no_active_hooks no_team channel_is_archived"),
        new(
            FailureKind.Rejected,
            "Slack does not know the channel, or the bot may not see it. Check its name and invite the bot there (/invite).",
            "channel_not_found not_in_channel team_not_found user_not_found"),
        new(
            FailureKind.Rejected,
            "Nobody the bot can write to has this e-mail address or id. Check it in the person's Slack profile.",
            "users_not_found user_disabled user_not_visible cannot_dm_bot"),
        new(
            FailureKind.Rejected,
            "Only public channels can be joined. Invite the bot to a private one (/invite).",
            "method_not_supported_for_channel_type"),
        new(FailureKind.Rejected, "The channel is archived. Choose another.", "is_archived"),
        new(
            FailureKind.Rejected,
            "The channel does not take this message from the bot. Ask who may post there.",
            "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
            + "restricted_action_non_threadable_channel restricted_action_thread_locked messages_tab_disabled cannot_reply_to_message "
            + "action_prohibited posting_to_general_channel_denied"),
        new(
            FailureKind.Rejected,
            "There is no such message of this bot. Check channel (an id) and ts.",
            "message_not_found cant_update_message edit_window_closed"),
        new(FailureKind.Rejected, "The message has no text.", "no_text"),
        new(FailureKind.Rejected, "The message is too long. Shorten it, for example with | truncate(3000).", "msg_too_long msg_blocks_too_long"),
        new(
            FailureKind.Rejected,
            "Slack does not accept the request as it is.",
            "invalid_blocks invalid_blocks_format too_many_attachments attachment_payload_limit_exceeded markdown_text_conflict metadata_too_large "
            + "invalid_metadata_format invalid_metadata_schema invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type "
            + "missing_post_type unknown_method method_deprecated deprecated_endpoint as_user_not_supported invalid_payload"),
    ];

    private static readonly FrozenDictionary<string, Row> ByCode = Rows
        .SelectMany(row => row.Codes.Split(' ').Select(code => KeyValuePair.Create(code, row)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a word of the table.</summary>
    public static bool Knows(string code) => ByCode.ContainsKey(code);

    /// <summary>What to do about an error word that came with <paramref name="body"/>.</summary>
    public static StepOutcome.Failed Judge(string error, JsonElement body, SendReply.Answered answer, ActionContext context, bool reads)
    {
        var wait = answer.RetryAfter(context.StartedAt);
        if (!ByCode.TryGetValue(error, out var row))
        {
            return JudgeUnknown(error, answer, reads, wait);
        }

        var kind = row.Kind == FailureKind.Unconfirmed && reads ? FailureKind.Transient : row.Kind;
        return new StepOutcome.Failed(kind, error, $"{row.Meaning}{Detail(body)} (Slack: {error})", wait ?? row.Wait);
    }

    private static StepOutcome.Failed JudgeUnknown(string error, SendReply.Answered answer, bool reads, TimeSpan? wait)
    {
        // What is not a word of the kind Slack uses may be anything, an echo of our own request included.
        var code = Word().IsMatch(error) ? error : "unknown_error";
        return answer.Status >= 500
            ? new StepOutcome.Failed(reads ? FailureKind.Transient : FailureKind.Unconfirmed, code, $"Slack failed on its side (Slack: {code}).", wait)
            : new StepOutcome.Failed(FailureKind.Rejected, code, $"Slack refused the request (Slack: {code}).", wait);
    }

    private static string Detail(JsonElement body) =>
        UntrustedJson.Text(body, "needed") is { } needed && Scopes().IsMatch(needed) ? $" Missing: {needed}." : string.Empty;

    [GeneratedRegex("^[a-z0-9_]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("^[a-z0-9:._,]{1,200}$", RegexOptions.CultureInvariant)]
    private static partial Regex Scopes();

    private sealed record Row(FailureKind Kind, string Meaning, string Codes, TimeSpan? Wait = null);
}
