using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>
/// Checks and makes signatures of any <see cref="SignatureScheme"/>. Every listed signature is compared with every secret, in constant time
/// and without an early exit, so that neither the answer's time nor the order of a rotation tells anything.
/// </summary>
internal static class SignatureVerifier
{
    // More than any sender lists during a rotation; it bounds the work a stranger can ask for.
    private const int MaxSignatures = 16;
    private const int MaxIdLength = 256;
    private const int MaxTimestampLength = 12;

    /// <summary>Null where the request is genuine, else why it is not: one sentence for our own people.</summary>
    public static string? FindFlaw(SignatureScheme scheme, WebhookRequest request, IReadOnlyList<Secret> secrets, DateTimeOffset now)
    {
        if (SignedHeaders.Read(scheme, request.Headers) is not { } signed)
        {
            return $"No signature: expected the headers {string.Join(" or ", scheme.Headers.Select(Names))}.";
        }

        if (FindHeaderFlaw(scheme, signed, now) is { } flaw)
        {
            return flaw;
        }

        if (!TrySplit(scheme.Grammar, signed.Signature, out var signatures))
        {
            return $"The signature header is malformed: expected {Layout(scheme.Grammar)}.";
        }

        var matches = false;
        var unreadable = 0;
        foreach (var secret in secrets)
        {
            if (SigningKey.Decode(scheme.Key, secret) is not { } key)
            {
                unreadable++;
                continue;
            }

            var expected = Compute(scheme, key, signed.Id, signed.Timestamp, request.Body.Span);
            foreach (var signature in signatures)
            {
                matches |= SignatureText.Matches(scheme.Encoding, expected, signature);
            }
        }

        return matches ? null : Mismatch(scheme, signatures.Count, secrets.Count, unreadable);
    }

    /// <summary>The headers a sender adds to <paramref name="body"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(SignatureScheme scheme, ReadOnlySpan<byte> body, Secret secret, string id, DateTimeOffset now)
    {
        var key = SigningKey.Decode(scheme.Key, secret)
            ?? throw new InvalidOperationException("The signing secret cannot be decoded: expected base64, after whsec_ where that is there.");
        var names = scheme.Headers[0];
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = SignatureText.Write(
            scheme.Encoding,
            Compute(scheme, key, names.Id is null ? null : id, names.Timestamp is null ? null : timestamp, body));
        var headers = new List<KeyValuePair<string, string>>();
        if (names.Id is not null)
        {
            headers.Add(new(names.Id, id));
        }

        if (names.Timestamp is not null)
        {
            headers.Add(new(names.Timestamp, timestamp));
        }

        headers.Add(new(names.Signature, scheme.Grammar switch
        {
            SignatureGrammar.Versions versions => $"{versions.Version},{text}",
            SignatureGrammar.Bare bare => bare.Prefix + text,
            _ => text,
        }));
        return headers;
    }

    private static string? FindHeaderFlaw(SignatureScheme scheme, SignedHeaders signed, DateTimeOffset now)
    {
        // A dot would let one signed text be cut into id, time and body in two ways.
        if (signed.Id is { } id && (id.Length is 0 or > MaxIdLength || id.Contains('.', StringComparison.Ordinal)))
        {
            return $"The id header is malformed: expected 1 to {MaxIdLength} characters without a dot.";
        }

        if (signed.Timestamp is not { } text)
        {
            return null;
        }

        if (text.Length is 0 or > MaxTimestampLength || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return "The timestamp header is malformed: expected UNIX seconds.";
        }

        var seconds = long.Parse(text, CultureInfo.InvariantCulture);
        var off = now.ToUnixTimeSeconds() - seconds;
        return scheme.Window is { } window && Math.Abs(off) > window.TotalSeconds
            ? $"The timestamp is {Math.Abs(off)} s {(off > 0 ? "old" : "ahead")}; at most {window.TotalSeconds:0} s are allowed. Compare this machine's clock."
            : null;
    }

    private static bool TrySplit(SignatureGrammar grammar, string header, out IReadOnlyList<string> signatures)
    {
        signatures = [];
        switch (grammar)
        {
            case SignatureGrammar.Bare bare when header.StartsWith(bare.Prefix, StringComparison.Ordinal) && header.Length > bare.Prefix.Length:
                signatures = [header[bare.Prefix.Length..]];
                return true;
            case SignatureGrammar.Versions versions:
                return TrySplitVersions(versions.Version, header, out signatures);
            default:
                return false;
        }
    }

    private static bool TrySplitVersions(string version, string header, out IReadOnlyList<string> signatures)
    {
        var found = new List<string>();
        signatures = found;
        var entries = header.Split(' ');
        foreach (var entry in entries)
        {
            var comma = entry.IndexOf(',', StringComparison.Ordinal);
            // A second comma is what a header sent twice looks like after it was joined.
            if (comma <= 0 || comma == entry.Length - 1 || entry.LastIndexOf(',') != comma)
            {
                return false;
            }

            if (entry.AsSpan(0, comma).SequenceEqual(version))
            {
                found.Add(entry[(comma + 1)..]);
            }
        }

        return entries.Length <= MaxSignatures;
    }

    private static byte[] Compute(SignatureScheme scheme, byte[] key, string? id, string? timestamp, ReadOnlySpan<byte> body)
    {
        var head = (id is null ? string.Empty : id + ".") + (timestamp is null ? string.Empty : timestamp + ".");
        var length = Encoding.UTF8.GetMaxByteCount(head.Length) + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var written = Encoding.UTF8.GetBytes(head, buffer);
            body.CopyTo(buffer.AsSpan(written));
            var message = buffer.AsSpan(0, written + body.Length);
            return scheme.Function switch
            {
                SignatureFunction.HmacSha512 => HMACSHA512.HashData(key, message),
                _ => HMACSHA256.HashData(key, message),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Mismatch(SignatureScheme scheme, int signatures, int secrets, int unreadable) => (signatures, unreadable) switch
    {
        (0, _) => $"The signature header lists no {Layout(scheme.Grammar)} entry.",
        (_, > 0) when unreadable == secrets => "No signing secret can be decoded: expected base64, after whsec_ where that is there.",
        (_, > 0) => $"No listed signature matches; {unreadable} of {secrets} signing secrets cannot be decoded as base64.",
        _ => "No listed signature matches a signing secret: another secret, or the body was changed on its way.",
    };

    private static string Names(SignatureHeaders names) =>
        string.Join(", ", new[] { names.Id, names.Timestamp, names.Signature }.Where(name => name is not null));

    private static string Layout(SignatureGrammar grammar) => grammar switch
    {
        SignatureGrammar.Versions versions => $"'{versions.Version},signature'",
        SignatureGrammar.Bare bare => $"'{bare.Prefix}signature'",
        _ => "a signature",
    };
}
