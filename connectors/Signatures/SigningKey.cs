using System.Buffers.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>The key bytes of a signing secret.</summary>
internal static class SigningKey
{
    private const string Prefix = "whsec_";

    /// <summary>The key, or null where the text cannot be decoded or holds no byte.</summary>
    public static byte[]? Decode(KeyDecoding decoding, Secret secret)
    {
        if (decoding == KeyDecoding.Utf8)
        {
            return secret.RevealBytes();
        }

        var text = secret.Reveal();
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            text = text[Prefix.Length..];
        }

        if (!Base64.IsValid(text))
        {
            return null;
        }

        var key = Convert.FromBase64String(text);
        return key.Length > 0 ? key : null;
    }
}
