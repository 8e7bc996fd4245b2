using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>
/// Requests to Slack's Web API, and what its answers mean. It answers 200 for most refusals, <c>{"ok":false,"error":"…"}</c>;
/// only 429 and 5xx use the status.
/// </summary>
internal static class SlackApi
{
    /// <summary>The secret all methods need, by its name in connector.json.</summary>
    public const string BotToken = "BotToken";

    /// <summary>A call that writes, with a JSON body.</summary>
    public static OutboundRequest Write<T>(Secret token, string method, T body)
        where T : class => new(HttpMethod.Post, method)
        {
            SecretHeaders = [new SecretHeader("Authorization", "Bearer ", token)],
            Body = OutputJson.RequestBody(body),
        };

    /// <summary>A call that only reads. Its arguments go in a form: addresses are logged by proxies, and these may hold an e-mail address.</summary>
    public static OutboundRequest Read(Secret token, string method, params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        var form = new StringBuilder();
        foreach (var (name, value) in arguments)
        {
            if (value is not null)
            {
                form.Append(form.Length == 0 ? string.Empty : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return new OutboundRequest(HttpMethod.Post, method)
        {
            Reads = true,
            SecretHeaders = [new SecretHeader("Authorization", "Bearer ", token)],
            Body = Encoding.UTF8.GetBytes(form.ToString()),
            ContentType = "application/x-www-form-urlencoded",
        };
    }

    /// <summary>A call that writes what is there already when it comes a second time: a conversation is opened once, a channel joined once.</summary>
    public static OutboundRequest Prepare(Secret token, string method, params ReadOnlySpan<(string Name, string? Value)> arguments) =>
        Read(token, method, arguments) with { Reads = false, Harmless = true };

    /// <summary>What an answer came to. <paramref name="done"/> reads an answer with <c>ok: true</c>; <paramref name="expected"/> may take an error for an answer.</summary>
    public static StepOutcome Judge(
        SendReply.Answered answer,
        ActionContext context,
        bool reads,
        Func<JsonElement, StepOutcome> done,
        Func<string, StepOutcome?>? expected = null)
    {
        var json = UntrustedJson.Answer(answer);
        var outcome = json is { } body && answer.Status != 429
            ? JudgeJson(answer, body, context, reads, done, expected)
            : null;
        return outcome ?? JudgeStatus(answer, context, reads);
    }

    /// <summary>What a status alone says, where the body says nothing.</summary>
    public static StepOutcome JudgeStatus(SendReply.Answered answer, ActionContext context, bool reads)
    {
        var wait = answer.RetryAfter(context.StartedAt);
        return answer.Status switch
        {
            429 => new StepOutcome.Failed(FailureKind.RateLimited, "ratelimited", "Slack asks to slow down.", wait),
            408 => new StepOutcome.Failed(FailureKind.Transient, "http_408", "Slack did not get the whole request in time.", wait),
            401 => StepOutcome.Fail(FailureKind.Unauthorized, "http_401", "Slack no longer accepts the credentials of this connection."),
            >= 500 or (>= 200 and < 300) => new StepOutcome.Failed(
                reads ? FailureKind.Transient : FailureKind.Unconfirmed,
                answer.Status >= 500 ? $"http_{answer.Status}" : "unreadable_answer",
                $"Slack answered {answer.Status} without a readable body, so it is not known what it did.",
                wait),
            _ => StepOutcome.Fail(FailureKind.Rejected, $"http_{answer.Status}", $"Slack refused the request with status {answer.Status} and no reason."),
        };
    }

    /// <summary>A message that is not sent as it is.</summary>
    public static StepOutcome Refuse(string action, ComposedMessage message) => message is ComposedMessage.Flawed flawed
        ? StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{action}: {flawed.Flaw}")
        : throw new InvalidOperationException($"{message.GetType().Name} is not a flawed message.");

    /// <summary>An answer that says ok but lacks what it must hold.</summary>
    public static StepOutcome Incomplete(bool reads, string missing) => StepOutcome.Fail(
        reads ? FailureKind.Transient : FailureKind.Unconfirmed,
        "unreadable_answer",
        $"Slack said ok but its answer lacks {missing}.");

    private static StepOutcome? JudgeJson(
        SendReply.Answered answer,
        JsonElement body,
        ActionContext context,
        bool reads,
        Func<JsonElement, StepOutcome> done,
        Func<string, StepOutcome?>? expected) => UntrustedJson.Member(body, "ok")?.ValueKind switch
        {
            JsonValueKind.True when answer.Status is >= 200 and < 300 => done(body),
            JsonValueKind.False when UntrustedJson.Text(body, "error") is { } error =>
                expected?.Invoke(error) ?? SlackErrors.Judge(error, body, answer, context, reads),
            _ => null,
        };
}
