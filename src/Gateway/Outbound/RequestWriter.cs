using System.Buffers;
using System.Net;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>Turns a request into HTTP. Framing belongs to the hub: what a header could do to it is refused.</summary>
internal static class RequestWriter
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> OfTheHub = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "HTTP2-Settings", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    public static SendReply.NeverSent? FindFlaw(OutboundRequest request)
    {
        if (request.Method.Method is "CONNECT" or "TRACE" || request.Method.Method.AsSpan().IndexOfAnyExcept(Token) >= 0)
        {
            return new("method_forbidden", $"Method {request.Method.Method} is not sent.", Forbidden: true);
        }

        foreach (var header in request.Headers)
        {
            if (FindFlaw(header.Key, header.Value) is { } flaw)
            {
                return flaw;
            }
        }

        foreach (var header in request.SecretHeaders)
        {
            if ((FindFlaw(header.Name, header.Prefix) ?? FindFlaw(header.Name, header.Value.Reveal())) is { } flaw)
            {
                return flaw;
            }
        }

        return FindFlaw("Content-Type", request.ContentType);
    }

    public static HttpRequestMessage Write(Uri address, OutboundRequest request)
    {
        var message = new HttpRequestMessage(request.Method, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body.Length > 0)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            if (!request.Headers.Any(header => RequestRecorder.IsContentType(header.Key)))
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            }
        }

        foreach (var header in request.Headers)
        {
            Add(message, header.Key, header.Value);
        }

        foreach (var header in request.SecretHeaders)
        {
            Add(message, header.Name, header.Prefix + header.Value.Reveal());
        }

        return message;
    }

    // The framework sorts content headers apart and takes each only in its own place.
    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static SendReply.NeverSent? FindFlaw(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAnyExcept(Token) >= 0)
        {
            return new("header_forbidden", $"'{new string([.. name.Where(c => !char.IsControl(c))])}' is not a header name.", Forbidden: true);
        }

        if (OfTheHub.Contains(name))
        {
            return new("header_forbidden", $"Header '{name}' is set by the hub.", Forbidden: true);
        }

        foreach (var character in value)
        {
            if (char.IsControl(character) && character != '\t')
            {
                return new("header_forbidden", $"The value of header '{name}' holds a control character.", Forbidden: true);
            }
        }

        return null;
    }
}
