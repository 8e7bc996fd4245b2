using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>What a sender signs: parts in braces and the text between them, such as <c>{id}.{timestamp}.{body}</c>.</summary>
internal sealed class SignedTemplate
{
    private readonly Piece[] _pieces;

    private SignedTemplate(Piece[] pieces) => _pieces = pieces;

    private enum Part
    {
        Literal,
        Id,
        Timestamp,
        Body,
        Method,
        Url,
        Secret,
    }

    /// <summary>Whether the address is signed, so that the hub must know its own.</summary>
    public bool NeedsUrl => _pieces.Any(piece => piece.Part == Part.Url);

    /// <summary>Reads a template. Templates are ours: one that cannot be read is a defect.</summary>
    public static SignedTemplate Of(string text)
    {
        var pieces = new List<Piece>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var literal = open < 0 ? text : text[..open];
            if (literal.Length > 0)
            {
                pieces.Add(new Piece(Part.Literal, literal));
            }

            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            pieces.Add(new Piece(Enum.Parse<Part>(text[(open + 1)..close], ignoreCase: true), string.Empty));
            text = text[(close + 1)..];
        }

        return new SignedTemplate([.. pieces]);
    }

    /// <summary>The signature's bytes.</summary>
    public byte[] Hash(SignatureFunction function, byte[] key, SignedParts parts)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_pieces.Sum(piece => Length(piece, key, parts)));
        try
        {
            var written = 0;
            foreach (var piece in _pieces)
            {
                written += Write(piece, key, parts, buffer.AsSpan(written));
            }

            var message = buffer.AsSpan(0, written);
            return function switch
            {
                SignatureFunction.HmacSha512 => HMACSHA512.HashData(key, message),
                SignatureFunction.Sha256 => SHA256.HashData(message),
                _ => HMACSHA256.HashData(key, message),
            };
        }
        finally
        {
            // The secret may be in there.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static int Length(Piece piece, byte[] key, SignedParts parts) => piece.Part switch
    {
        Part.Body => parts.Body.Length,
        Part.Secret => key.Length,
        _ => Encoding.UTF8.GetByteCount(Text(piece, parts)),
    };

    private static int Write(Piece piece, byte[] key, SignedParts parts, Span<byte> target)
    {
        switch (piece.Part)
        {
            case Part.Body:
                parts.Body.Span.CopyTo(target);
                return parts.Body.Length;
            case Part.Secret:
                key.CopyTo(target);
                return key.Length;
            default:
                return Encoding.UTF8.GetBytes(Text(piece, parts), target);
        }
    }

    private static string Text(Piece piece, SignedParts parts) => piece.Part switch
    {
        Part.Literal => piece.Text,
        Part.Id => parts.Id ?? string.Empty,
        Part.Timestamp => parts.Timestamp ?? string.Empty,
        Part.Method => parts.Method,
        Part.Url => parts.Url ?? string.Empty,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed record Piece(Part Part, string Text);
}

/// <summary>The values that may take part in a signature.</summary>
internal sealed record SignedParts(string? Id, string? Timestamp, string Method, string? Url, ReadOnlyMemory<byte> Body);
