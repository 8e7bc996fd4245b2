using System.Text;
using System.Text.Encodings.Web;

namespace ConnectorHub.Abstractions;

/// <summary>Takes a request's own credentials out of its answer, before anything of it can reach an outcome.</summary>
internal static class Echo
{
    // A shorter text is found by chance, and taking it out would garble honest answers.
    private const int ShortestHidden = 6;

    public static SendReply.Answered Hide(SendReply.Answered answer, OutboundRequest request)
    {
        foreach (var credential in Credentials(request))
        {
            foreach (var form in credential.Length >= ShortestHidden ? Forms(credential) : [])
            {
                answer = Hide(answer, form);
            }
        }

        return answer;
    }

    // As it is; as JSON writers put it, with \u0022, with \", with \/; as addresses hold it; and in base64.
    private static IEnumerable<string> Forms(string credential)
    {
        var relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(credential);
        var escaped = Uri.EscapeDataString(credential);
        return new[]
        {
            credential,
            JavaScriptEncoder.Default.Encode(credential),
            relaxed,
            relaxed.Replace("/", "\\/", StringComparison.Ordinal),
            escaped,
            escaped.Replace("%20", "+", StringComparison.Ordinal),
        }.Concat(Coded(Encoding.UTF8.GetBytes(credential))).Distinct();
    }

    // Inside a longer text it can begin at any of three places of a group. What its neighbours have a part in, at both ends, is left.
    private static IEnumerable<string> Coded(byte[] credential)
    {
        for (var before = 0; before < 3; before++)
        {
            var coded = Convert.ToBase64String([.. new byte[before], .. credential]);
            if (coded.Length >= ShortestHidden + 8)
            {
                yield return coded[4..^4];
                yield return coded[4..^4].Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static IEnumerable<string> Credentials(OutboundRequest request)
    {
        foreach (var header in request.SecretHeaders)
        {
            yield return header.Value.Reveal();
        }

        if (request.UrlIsSecret)
        {
            yield return request.Url;
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var address))
            {
                yield return address.PathAndQuery;
            }
        }
    }

    private static SendReply.Answered Hide(SendReply.Answered answer, string credential)
    {
        if (answer.Body.Span.IndexOf(Encoding.UTF8.GetBytes(credential)) >= 0)
        {
            var text = Encoding.UTF8.GetString(answer.Body.Span).Replace(credential, "***", StringComparison.Ordinal);
            answer = answer with { Body = Encoding.UTF8.GetBytes(text) };
        }

        return answer.Headers.Any(header => header.Value.Contains(credential, StringComparison.Ordinal))
            ? answer with
            {
                Headers = [.. answer.Headers.Select(header =>
                    KeyValuePair.Create(header.Key, header.Value.Replace(credential, "***", StringComparison.Ordinal)))],
            }
            : answer;
    }
}
