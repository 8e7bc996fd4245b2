using System.Net;
using System.Text.Json;
using ConnectorHub.Abstractions;
using Google.Apis.Http;
using Google.Apis.Util;

namespace ConnectorHub.Connectors.Google;

/// <summary>Google's sign-in library speaks HTTP through this: its requests leave by the hub's way out, and nothing is tried twice.</summary>
internal sealed class HubHttp(ActionContext context) : HttpClientFactory
{
    /// <summary>What became of the last request.</summary>
    public SendReply? Reply { get; private set; }

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new Handler(this, context);

    private sealed class Handler(HubHttp http, ActionContext context) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            var outbound = new OutboundRequest(request.Method, request.RequestUri!.AbsoluteUri)
            {
                // Signing in changes nothing at Google, so a rehearsal may do it.
                Reads = true,
                Body = body,
                ContentType = request.Content?.Headers.ContentType?.ToString() ?? "application/x-www-form-urlencoded",
            };
            http.Reply = await context.SendAsync(outbound, cancellationToken);
            // The library is handed nothing but tokens: what else there is, and what it means, is judged by the reply.
            return http.Reply is SendReply.Answered { Status: >= 200 and < 300 } answer && IsToken(answer)
                ? new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body.ToArray()), RequestMessage = request }
                : throw new HttpRequestException("No token came.");
        }

        private static bool IsToken(SendReply.Answered answer) =>
            UntrustedJson.Answer(answer) is { } json
            && UntrustedJson.Text(json, "access_token") is { Length: > 0 }
            && UntrustedJson.Member(json, "expires_in") is { ValueKind: JsonValueKind.Number } seconds
            && seconds.TryGetInt64(out _);
    }
}

/// <summary>The hub's clock, as Google's library asks for it.</summary>
internal sealed class HubClock(ActionContext context) : IClock
{
    public DateTime Now => UtcNow;

    public DateTime UtcNow => context.Now.UtcDateTime;
}
