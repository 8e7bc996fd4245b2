using System.Buffers;

namespace ConnectorHub.Connectors.Http;

/// <summary>What no request may hold, found before anything is sent. Where it may go is judged by the hub's outbound path.</summary>
internal static class RequestFlaws
{
    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Framing belongs to HTTP itself, the address to url, the key to the hub, credentials to the connection.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key",
    };

    /// <summary>One sentence, or null where the request may be sent.</summary>
    public static string? Find(HttpRequestInput input)
    {
        if (input.Url.Length == 0)
        {
            return "'url' is empty.";
        }

        if (input is { Body: not null, Text: not null })
        {
            return "'body' and 'text' are both set; a request has one body. Leave one out.";
        }

        if (input.Method is HttpVerb.Get or HttpVerb.Head && (input.Body is not null || input.Text is not null))
        {
            return $"A {input.Method.ToString().ToUpperInvariant()} has no body. Set method: POST, or leave body and text out.";
        }

        return StatusList.FindFlaw(input.Expect) ?? input.Headers?.Select(FindHeaderFlaw).FirstOrDefault(flaw => flaw is not null);
    }

    private static string? FindHeaderFlaw(KeyValuePair<string, string> header)
    {
        if (header.Key.Length == 0 || header.Key.AsSpan().ContainsAnyExcept(HeaderName))
        {
            return "'headers' has a name that is not one: only letters, digits and - are usual.";
        }

        if (Ours.Contains(header.Key) || header.Key.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase))
        {
            return $"'headers' sets {header.Key}, which the hub sets itself. Leave it out.";
        }

        if (Credentials.Contains(header.Key))
        {
            return $"'headers' sets {header.Key}. Credentials belong in the connection's secrets, Authorization or ApiKey.";
        }

        return header.Value.Any(char.IsControl) ? $"'headers' sets {header.Key} to a text with a line break or another control character." : null;
    }
}
