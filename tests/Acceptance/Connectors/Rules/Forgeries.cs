using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Tests.Benchmarks.Forgeries;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>A genuine delivery with one thing changed that its proof covers.</summary>
internal static class Forgeries
{
    public static IEnumerable<(string What, WebhookRequest Request)> Of(ProvenSource delivery, SignedSample genuine) =>
        Bodies(delivery, genuine).Concat(Headers(genuine)).Concat(Tokens(genuine)).Concat(Addresses(delivery, genuine));

    /// <summary>A text with each bit of each character flipped in turn.</summary>
    public static IEnumerable<string> Flipped(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var flipped = text.ToCharArray();
                flipped[i] = (char)(flipped[i] ^ (1 << bit));
                yield return new string(flipped);
            }
        }
    }

    private static IEnumerable<(string What, WebhookRequest Request)> Bodies(ProvenSource delivery, SignedSample genuine)
    {
        // A token proves who sends, not what: only a signature covers the body.
        if (delivery.IsBearer(genuine))
        {
            yield break;
        }

        var body = genuine.Request.Body;
        for (var i = 0; i < body.Length; i++)
        {
            var flipped = body.ToArray();
            flipped[i] ^= (byte)(1 << (i % 8));
            yield return ($"byte {i} of the body flipped", genuine.Request with { Body = flipped });
        }

        yield return ("an empty body", genuine.Request with { Body = Array.Empty<byte>() });
        yield return ("the body cut short", genuine.Request with { Body = body[..^1] });
        yield return ("a space behind the body", genuine.Request with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span) + " ") });
        yield return ("a space before the body", genuine.Request with { Body = Encoding.UTF8.GetBytes(" " + Encoding.UTF8.GetString(body.Span)) });
    }

    private static IEnumerable<(string What, WebhookRequest Request)> Headers(SignedSample genuine) =>
        from header in genuine.Covered
        from forged in Flipped(genuine.Request.Headers[header])
        select ($"{header} '{forged}'", genuine.With(header, forged));

    private static IEnumerable<(string What, WebhookRequest Request)> Tokens(SignedSample genuine) =>
        from forged in genuine.Request.Token is { } token ? Flipped(token).Concat([token + "x", token[..^1], $"{token},{token}", $" {token}"]) : []
        select ($"token '{forged}'", genuine.Request with { Token = forged });

    private static IEnumerable<(string What, WebhookRequest Request)> Addresses(ProvenSource delivery, SignedSample genuine)
    {
        if (!delivery.CoversAddress(genuine))
        {
            yield break;
        }

        yield return ("no address known", genuine.Request with { Url = null });
        yield return ("another path", genuine.Request with { Url = genuine.Request.Url + "x" });
        yield return ("a query", genuine.Request with { Url = genuine.Request.Url + "?a=1" });
        yield return ("another host", genuine.Request with { Url = genuine.Request.Url!.Replace("hub.", "hob.", StringComparison.Ordinal) });
        yield return ("http", genuine.Request with { Url = genuine.Request.Url!.Replace("https:", "http:", StringComparison.Ordinal) });
        yield return ("another method", genuine.Request with { Method = "PUT" });
        yield return ("the method in lower case", genuine.Request with { Method = "post" });
    }
}
