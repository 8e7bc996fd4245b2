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
    /// <param name="input">What the step says.</param>
    /// <param name="keyHeader">The header that carries the effect key, or null.</param>
    public static string? Find(HttpRequestInput input, string? keyHeader)
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

        if (input is { Method: HttpVerb.Head, Output: not null })
        {
            return "The answer to a HEAD has no body for 'output' to name parts of. Set method: GET, or leave output out.";
        }

        return StatusList.FindFlaw(input.Expect)
            ?? AnswerParts.FindFlaw(input.Output)
            ?? input.Headers?.Select(header => FindHeaderFlaw(header, keyHeader)).FirstOrDefault(flaw => flaw is not null);
    }

    /// <summary>True where the hub may set a header of that name of its own.</summary>
    public static bool IsHeader(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(HeaderName) && !Ours.Contains(name) && !Credentials.Contains(name)
        && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);

    private static string? FindHeaderFlaw(KeyValuePair<string, string> header, string? keyHeader)
    {
        if (header.Key.Length == 0 || header.Key.AsSpan().ContainsAnyExcept(HeaderName))
        {
            return "'headers' has a name that is not one: only letters, digits and - are usual.";
        }

        if (Ours.Contains(header.Key) || header.Key.Equals(keyHeader, StringComparison.OrdinalIgnoreCase))
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
