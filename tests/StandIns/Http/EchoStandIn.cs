using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Http;

/// <summary>
/// Any API: it answers with what it was sent. A write with an <c>Idempotency-Key</c> is done once; the same again gets the first answer, and the
/// same key with another body is refused (422). <c>strict</c> as the first part of the path demands a key (400), <c>status/404</c> answers that status.
/// </summary>
internal sealed class EchoStandIn(TimeProvider time, Action<string>? tell = null) : StandIn("http", time, tell)
{
    private readonly Dictionary<string, (string Content, StandInReply Reply)> _done = new(StringComparer.Ordinal);

    protected override Operation? Find(StandInRequest request) => request.Method is "GET" or "HEAD"
        ? new Operation("read", () => Read(request))
        : new Operation("write", () => Write(request));

    protected override StandInReply Unknown(StandInRequest request) => Problem(404, "There is nothing here.");

    protected override StandInReply Limited() => Problem(429, "Slow down.");

    protected override StandInReply Revoked(Operation operation) => Problem(401, "These credentials are not accepted.");

    private static StandInReply Read(StandInRequest request) => Asked(request) is { } status
        ? Problem(status, "As asked.")
        : StandInReply.Json(200, Echo(request));

    private StandInReply Write(StandInRequest request)
    {
        if (Asked(request) is { } status)
        {
            return Problem(status, "As asked.");
        }

        if (request.Header("Idempotency-Key") is not { Length: > 0 } key)
        {
            return request.Segments[0] == "strict" ? Problem(400, "Idempotency-Key is missing") : Do(request, null);
        }

        var content = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path} {Encoding.UTF8.GetString(request.Body.Span)}")));
        if (_done.TryGetValue(key, out var before))
        {
            return before.Content == content
                ? before.Reply.With("Idempotency-Replayed", "true")
                : Problem(422, "Idempotency-Key is already used with another request");
        }

        var reply = Do(request, key);
        _done[key] = (content, reply);
        return reply;
    }

    private StandInReply Do(StandInRequest request, string? key)
    {
        Happened($"{request.Method} /{request.Path}: {Encoding.UTF8.GetString(request.Body.Span)}", key);
        return StandInReply.Json(200, Echo(request));
    }

    private static JsonObject Echo(StandInRequest request) => new()
    {
        ["method"] = request.Method,
        ["path"] = "/" + request.Path,
        ["query"] = new JsonObject(request.Query.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["body"] = request.Json() ?? Encoding.UTF8.GetString(request.Body.Span),
    };

    private static int? Asked(StandInRequest request) =>
        request.Segments is ["status", var text, ..] && int.TryParse(text, out var status) && status is >= 200 and <= 599 ? status : null;

    private static StandInReply Problem(int status, string title) =>
        StandInReply.Json(status, new JsonObject { ["title"] = title, ["status"] = status }) with { ContentType = "application/problem+json" };
}
