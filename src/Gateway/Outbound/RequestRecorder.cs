using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>A request as a person may see it.</summary>
internal static class RequestRecorder
{
    private const int BodyCap = 64 * 1024;
    private const int ShortestMasked = 6;
    private const string Mask = "***";

    public static RecordedRequest Record(Connection connection, Target target, OutboundRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count + request.SecretHeaders.Count + 1);
        if (request.Body.Length > 0 && !request.Headers.Any(header => IsContentType(header.Key)))
        {
            headers.Add(new("Content-Type", request.ContentType));
        }

        headers.AddRange(request.Headers.Select(header => KeyValuePair.Create(header.Key, Masked(connection, request, header.Value))));
        headers.AddRange(request.SecretHeaders.Select(header => KeyValuePair.Create(header.Name, header.Prefix + Mask)));
        return new RecordedRequest(
            request.Method.Method, Address(connection, target, request), headers, Masked(connection, request, Text(request.Body.Span)));
    }

    internal static bool IsContentType(string name) => string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase);

    private static string Address(Connection connection, Target target, OutboundRequest request)
    {
        var address = target is Target.Allowed allowed ? allowed.Address : null;
        if (!request.UrlIsSecret)
        {
            return Masked(connection, request, address?.AbsoluteUri ?? request.Url);
        }

        return address is null ? Mask : $"{address.GetLeftPart(UriPartial.Authority)}/{Mask}";
    }

    private static string Text(ReadOnlySpan<byte> body)
    {
        if (body.Length <= BodyCap)
        {
            return Encoding.UTF8.GetString(body);
        }

        var end = BodyCap;
        while (end > BodyCap - 4 && (body[end] & 0xC0) == 0x80)
        {
            end--; // back to the start of a character
        }

        return Encoding.UTF8.GetString(body[..end]);
    }

    // A recipe can carry a secret out of its header into a body or an address; very short ones would blank half of the text.
    private static string Masked(Connection connection, OutboundRequest request, string text)
    {
        var secrets = connection.Secrets.Values.SelectMany(values => values).Concat(request.SecretHeaders.Select(header => header.Value));
        foreach (var secret in secrets)
        {
            if (secret.Reveal() is { Length: >= ShortestMasked } value)
            {
                text = text.Replace(value, Mask, StringComparison.Ordinal);
            }
        }

        return text;
    }
}
