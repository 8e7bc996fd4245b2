using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Http;

/// <summary>
/// One request to any address. A POST carries the effect key as <c>Idempotency-Key</c>; whether the other side heeds it is not known here,
/// so the action counts as one that may do its effect twice.
/// </summary>
internal sealed class HttpRequest : ConnectorAction<HttpRequestInput, HttpAnswer>
{
    // An output is stored with its run and read by later steps: more than this is no value but a file.
    private const int LongestJson = 1024 * 1024;

    private const int LongestText = 256 * 1024;

    public override string Name => "request";

    public override string About => "Sends one HTTP request and gives its status and body.";

    public override Repeat Repeat => Repeat.Unsafe;

    protected override HttpAnswer Sample => new(200);

    protected override Task<StepOutcome> ExecuteAsync(HttpRequestInput input, ActionContext context, CancellationToken cancellationToken)
    {
        var keyHeader = KeyHeader(context);
        if (keyHeader is not null && !RequestFlaws.IsHeader(keyHeader))
        {
            return Task.FromResult(StepOutcome.Fail(
                FailureKind.Unauthorized,
                "setting_wrong",
                $"Connections:{context.Connection}:Settings:IdempotencyHeader is no header that the hub may set. Write a header's name such as Idempotency-Key, or none."));
        }

        if (RequestFlaws.Find(input, keyHeader) is { } flaw)
        {
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", flaw));
        }

        var request = Write(input, context);
        return SendAsync(request, context, answer => Judge(answer, input, request, context), cancellationToken);
    }

    protected override Task<Probe> FindAsync(HttpRequestInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(Reads(input)
            ? new Probe.Absent()
            : new Probe.Unknown(
                $"Nothing is known about the other side of this {Verb(input)}. "
                + "If it heeds Idempotency-Key, or if doing it twice is harmless, set repeat: again on the step."));

    private static OutboundRequest Write(HttpRequestInput input, ActionContext context)
    {
        var headers = (input.Headers ?? new Dictionary<string, string>()).Where(header => !IsContentType(header.Key)).ToList();
        if (!Reads(input) && KeyHeader(context) is { } keyHeader)
        {
            headers.Add(new(keyHeader, context.EffectKey));
        }

        return new OutboundRequest(new HttpMethod(Verb(input)), input.Url)
        {
            Reads = Reads(input),
            Headers = headers,
            SecretHeaders = [.. Credentials(context)],
            Body = WriteBody(input),
            ContentType = input.Headers?.FirstOrDefault(header => IsContentType(header.Key)).Value
                ?? (input.Text is null ? "application/json; charset=utf-8" : "text/plain; charset=utf-8"),
        };
    }

    // Null where the API takes no such header.
    private static string? KeyHeader(ActionContext context) => context.FindSetting("IdempotencyHeader") switch
    {
        null or "" => "Idempotency-Key",
        "none" => null,
        var name => name,
    };

    private static byte[] WriteBody(HttpRequestInput input) => input switch
    {
        { Text: { } text } => Encoding.UTF8.GetBytes(text),
        { Body: { } body } => Encoding.UTF8.GetBytes(body.GetRawText()),
        _ => [],
    };

    private static IEnumerable<SecretHeader> Credentials(ActionContext context)
    {
        if (context.FindSecret("Authorization") is { } authorization)
        {
            yield return Authorization(authorization);
        }

        if (context.FindSecret("ApiKey") is { } key)
        {
            yield return new SecretHeader("X-Api-Key", string.Empty, key);
        }
    }

    // The scheme is no secret and tells a reader of the recorded request what was sent.
    private static SecretHeader Authorization(Secret value)
    {
        var text = value.Reveal();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && space < text.Length - 1
            ? new SecretHeader("Authorization", text[..(space + 1)], new Secret(text[(space + 1)..]))
            : new SecretHeader("Authorization", string.Empty, value);
    }

    private static StepOutcome Judge(SendReply.Answered answer, HttpRequestInput input, OutboundRequest request, ActionContext context)
    {
        if (StatusList.Of(input.Expect).Contains(answer.Status))
        {
            return Finish(Read(answer), input.Output, request.Reads);
        }

        var wait = answer.RetryAfter(context.StartedAt);
        var code = $"http_{answer.Status}";
        var said = $"The other side answered {answer.Status}";
        return answer.Status switch
        {
            429 => new StepOutcome.Failed(FailureKind.RateLimited, code, $"{said}: it asks to slow down.", wait),
            // These say that the request was not taken up.
            408 or 425 or 503 => new StepOutcome.Failed(FailureKind.Transient, code, $"{said}: not now.", wait),
            >= 500 and not 501 and not 505 => new StepOutcome.Failed(
                request.Reads ? FailureKind.Transient : FailureKind.Unconfirmed,
                code,
                $"{said}, so it is not known what it did.",
                wait),
            401 when request.SecretHeaders.Count > 0 => StepOutcome.Fail(
                FailureKind.Unauthorized,
                code,
                $"{said}: it does not accept the secrets of connection '{context.Connection}'."),
            >= 300 and < 400 => StepOutcome.Fail(FailureKind.Rejected, code, $"{said}, a redirect{Destination(answer)}. Redirects are not followed: write the final address."),
            410 => StepOutcome.Fail(FailureKind.Rejected, code, $"{said}: what the address names is gone for good. Correct or remove the step; if it is fine, add 410 to expect."),
            _ => StepOutcome.Fail(
                FailureKind.Rejected,
                code,
                $"{said}, which is not among the expected: {string.Join(", ", input.Expect ?? ["2xx"])}. If it is fine, add it to expect."),
        };
    }

    // Only the host: what stands behind it may be a one-time address.
    private static string Destination(SendReply.Answered answer) => answer.Header("Location") switch
    {
        { Length: > 0 } place when Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Host.Length > 0 => $" to '{address.IdnHost}'",
        { Length: > 0 } => " to another address of the same host",
        _ => string.Empty,
    };

    private static StepOutcome Finish(HttpAnswer answer, IReadOnlyDictionary<string, string>? paths, bool reads)
    {
        if (paths is null)
        {
            return Done(answer);
        }

        if (answer.Body is not { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json)
        {
            return StepOutcome.Fail(
                reads ? FailureKind.Transient : FailureKind.Unconfirmed,
                "answer_not_json",
                $"The other side answered {answer.Status}, and the answer is {(answer.Body is null ? "empty" : "no JSON object or list, or too long")}, so 'output' finds nothing in it.");
        }

        return AnswerParts.Find(json, paths, out var missing) is { } parts
            ? Done(answer with { Output = parts })
            : StepOutcome.Fail(
                FailureKind.Rejected,
                "output_missing",
                $"{missing} The request itself was answered {answer.Status}{(reads ? string.Empty : " and done")}. Correct the path, or end it with ? where it may be missing.");
    }

    private static HttpAnswer Read(SendReply.Answered answer)
    {
        if (answer.Body.IsEmpty)
        {
            return new HttpAnswer(answer.Status);
        }

        if (answer.Body.Length <= LongestJson && UntrustedJson.Answer(answer) is { } json)
        {
            return new HttpAnswer(answer.Status, json);
        }

        var cut = answer.BodyCut || answer.Body.Length > LongestText;
        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, LongestText)]);
        return new HttpAnswer(answer.Status, JsonSerializer.SerializeToElement(text), BodyCut: cut);
    }

    private static bool Reads(HttpRequestInput input) => input.Method is HttpVerb.Get or HttpVerb.Head;

    private static string Verb(HttpRequestInput input) => input.Method.ToString().ToUpperInvariant();

    private static bool IsContentType(string header) => header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}
