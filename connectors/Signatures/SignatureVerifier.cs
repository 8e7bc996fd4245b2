using System.Globalization;
using System.Security.Cryptography;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>
/// Checks and makes signatures of any <see cref="SignatureScheme"/>. Every listed signature is compared with every secret, in constant time
/// and without an early exit, so that neither the answer's time nor the order of a rotation tells anything.
/// </summary>
internal static class SignatureVerifier
{
    private const int MaxIdLength = 256;
    private const int MaxTimestampLength = 15;

    /// <summary>Null where the request is genuine, else why it is not.</summary>
    public static SignatureFlaw? FindFlaw(SignatureScheme scheme, WebhookRequest request, IReadOnlyList<Secret> secrets, DateTimeOffset now)
    {
        if (SignedHeaders.Read(scheme, request) is not { } signed)
        {
            return new(Refusal.NoProof, $"No signature: expected {(scheme.Headers.Count > 1 || Count(scheme) > 1 ? "the headers" : "the header")} {string.Join(" or ", scheme.Headers.Select(Names))}.");
        }

        if (scheme.Grammar.Read(signed.Signature) is not { } entries)
        {
            return new(Refusal.Malformed, $"The signature header is malformed: expected {scheme.Grammar.Layout}.");
        }

        var parts = new SignedParts(
            signed.Id, entries.Timestamp ?? signed.Timestamp, request.Method, SignedUrl.Of(request.Url, scheme.UrlUnescaped), request.Body);
        return FindPartFlaw(scheme, parts, now) ?? FindMismatch(scheme, entries, parts, secrets);
    }

    /// <summary>The headers a sender adds to a delivery.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(SignatureScheme scheme, SampleDelivery delivery, Secret secret, string id, DateTimeOffset now)
    {
        var key = SigningKey.Decode(scheme.Key, secret)
            ?? throw new InvalidOperationException("The signing secret cannot be decoded: expected base64, after whsec_ where that is there.");
        var names = scheme.Headers[0];
        var timestamp = Now(scheme, now).ToString(CultureInfo.InvariantCulture);
        var parts = new SignedParts(id, timestamp, "POST", SignedUrl.Of(delivery.Url, scheme.UrlUnescaped), delivery.Body);
        var text = scheme.Function == SignatureFunction.Token
            ? secret.Reveal()
            : SignatureText.Write(scheme.Encoding, scheme.Signed.Hash(scheme.Function, key, parts));
        var headers = new List<KeyValuePair<string, string>>();
        if (names.Id is not null)
        {
            headers.Add(new(names.Id, id));
        }

        if (names.Timestamp is not null)
        {
            headers.Add(new(names.Timestamp, timestamp));
        }

        headers.Add(new(names.Signature, scheme.Grammar.Write(text, timestamp)));
        return headers;
    }

    private static SignatureFlaw? FindPartFlaw(SignatureScheme scheme, SignedParts parts, DateTimeOffset now)
    {
        // A dot would let one signed text be cut into id, time and body in two ways.
        if (parts.Id is { } id && (id.Length is 0 or > MaxIdLength || id.Contains('.', StringComparison.Ordinal)))
        {
            return new(Refusal.Malformed, $"The id header is malformed: expected 1 to {MaxIdLength} characters without a dot.");
        }

        if (scheme.Signed.NeedsUrl && parts.Url is null)
        {
            return new(Refusal.NotConfigured, "The sender signs the hook's public address, and the hub does not know it. Set Hub:PublicUrl.");
        }

        return parts.Timestamp is { } timestamp ? FindTimeFlaw(scheme, timestamp, now) : null;
    }

    private static SignatureFlaw? FindTimeFlaw(SignatureScheme scheme, string timestamp, DateTimeOffset now)
    {
        // No zero before it either: one moment has one text.
        if (timestamp.Length is 0 or > MaxTimestampLength || timestamp[0] == '0' || timestamp.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return new(Refusal.Malformed, $"The timestamp is malformed: expected UNIX {(scheme.Unit == TimestampUnit.Seconds ? "seconds" : "milliseconds")}.");
        }

        var unit = scheme.Unit == TimestampUnit.Seconds ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1);
        var off = Now(scheme, now) - long.Parse(timestamp, CultureInfo.InvariantCulture);
        if (scheme.Window is not { } window || Math.Abs(off) <= window / unit)
        {
            return null;
        }

        var seconds = Math.Abs(off) / (long)(TimeSpan.FromSeconds(1) / unit);
        return new(
            Refusal.OutsideWindow,
            $"The timestamp is {seconds} s {(off > 0 ? "old" : "ahead")}; at most {window.TotalSeconds:0} s are allowed. Compare this machine's clock.");
    }

    private static SignatureFlaw? FindMismatch(SignatureScheme scheme, SignatureEntries entries, SignedParts parts, IReadOnlyList<Secret> secrets)
    {
        var matches = false;
        var unreadable = 0;
        foreach (var secret in secrets)
        {
            if (SigningKey.Decode(scheme.Key, secret) is not { } key)
            {
                unreadable++;
                continue;
            }

            var expected = scheme.Function == SignatureFunction.Token ? SHA256.HashData(key) : scheme.Signed.Hash(scheme.Function, key, parts);
            foreach (var signature in entries.Signatures)
            {
                matches |= scheme.Function == SignatureFunction.Token
                    ? SignatureText.IsTextOf(expected, signature)
                    : SignatureText.Matches(scheme.Encoding, expected, signature);
            }
        }

        return matches ? null : Mismatch(scheme, entries, secrets.Count, unreadable);
    }

    private static SignatureFlaw Mismatch(SignatureScheme scheme, SignatureEntries entries, int secrets, int unreadable) => (entries.Signatures.Count, unreadable) switch
    {
        (0, _) when entries.NotSupported > 0 => new(
            Refusal.NotSupported,
            "The delivery is signed with ed25519 only (v1a), which this hub cannot check: .NET 10 has no ed25519. Ask the sender for a symmetric secret (whsec_, v1)."),
        (0, _) => new(Refusal.Malformed, $"The signature header lists no {scheme.Grammar.Layout} entry."),
        (_, > 0) when unreadable == secrets => new(Refusal.NotConfigured, "No signing secret can be decoded: expected base64, after whsec_ where that is there."),
        (_, > 0) => new(Refusal.WrongProof, $"No listed signature matches; {unreadable} of {secrets} signing secrets cannot be decoded as base64."),
        _ when scheme.Function == SignatureFunction.Token => new(Refusal.WrongProof, "The token is not one of the connection's."),
        _ => new(Refusal.WrongProof, "No listed signature matches a signing secret: another secret, or the body was changed on its way."),
    };

    private static long Now(SignatureScheme scheme, DateTimeOffset now) =>
        scheme.Unit == TimestampUnit.Seconds ? now.ToUnixTimeSeconds() : now.ToUnixTimeMilliseconds();

    private static int Count(SignatureScheme scheme) => Parts(scheme.Headers[0]).Count();

    private static string Names(SignatureHeaders names) => string.Join(", ", Parts(names));

    private static IEnumerable<string?> Parts(SignatureHeaders names) => new[] { names.Id, names.Timestamp, names.Signature }.Where(name => name is not null);
}
