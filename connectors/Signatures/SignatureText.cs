using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>
/// A hash as text. The texts are compared, never the decoded bytes: base64 decodes several texts to the same bytes,
/// and a text with a changed character must not pass.
/// </summary>
internal static class SignatureText
{
    public static string Write(SignatureEncoding encoding, byte[] hash) =>
        encoding == SignatureEncoding.Base64 ? Convert.ToBase64String(hash) : Convert.ToHexStringLower(hash);

    /// <summary>Constant time in the contents. Hex passes in all lower or all upper case, since senders differ.</summary>
    public static bool Matches(SignatureEncoding encoding, byte[] expected, string given)
    {
        var bytes = Encoding.UTF8.GetBytes(given);
        var matches = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Write(encoding, expected)), bytes);
        return encoding == SignatureEncoding.Hex
            ? matches | CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexString(expected)), bytes)
            : matches;
    }

    /// <summary>Whether a text is the one with this SHA-256. Hashes have one length, so the comparison tells nothing about the text's own.</summary>
    public static bool IsTextOf(byte[] hash, string given) =>
        CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}
