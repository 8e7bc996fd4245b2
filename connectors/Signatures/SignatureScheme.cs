namespace ConnectorHub.Connectors.Signatures;

/// <summary>How a secret's text becomes key bytes.</summary>
internal enum KeyDecoding
{
    /// <summary>The text itself as UTF-8.</summary>
    Utf8,

    /// <summary>Base64, after <c>whsec_</c> where that is there.</summary>
    Base64AfterWhsec,
}

/// <summary>The keyed hash.</summary>
internal enum SignatureFunction
{
    /// <summary>HMAC with SHA-256.</summary>
    HmacSha256,

    /// <summary>HMAC with SHA-512.</summary>
    HmacSha512,
}

/// <summary>How the hash is written.</summary>
internal enum SignatureEncoding
{
    /// <summary>Hex digits, all lower case or all upper case.</summary>
    Hex,

    /// <summary>Base64 with its padding.</summary>
    Base64,
}

/// <summary>How the signature header is laid out. Closed.</summary>
internal abstract record SignatureGrammar
{
    private SignatureGrammar()
    {
    }

    /// <summary>One signature behind a fixed text, such as <c>sha256=</c>; the text may be empty.</summary>
    public sealed record Bare(string Prefix) : SignatureGrammar;

    /// <summary><c>version,signature</c> entries, separated by spaces. Entries of other versions are skipped.</summary>
    public sealed record Versions(string Version) : SignatureGrammar;
}

/// <summary>The names of the headers a sender uses. Without <paramref name="Id"/> and <paramref name="Timestamp"/> only the body is signed.</summary>
internal sealed record SignatureHeaders(string Signature, string? Id = null, string? Timestamp = null);

/// <summary>One platform's way of signing, as data: <see cref="SignatureVerifier"/> holds the only code.</summary>
/// <param name="Headers">Sets of header names, tried in order: the first that is there as a whole counts.</param>
/// <param name="Grammar">How the signature header is laid out.</param>
/// <param name="Key">How the secret becomes a key.</param>
/// <param name="Function">The keyed hash.</param>
/// <param name="Encoding">How the hash is written.</param>
/// <param name="Window">How far the timestamp may be from now, either way; null where none is signed.</param>
/// <remarks>What is signed follows from the headers: <c>id.timestamp.body</c> with the parts the sender names, or the body alone.</remarks>
internal sealed record SignatureScheme(
    IReadOnlyList<SignatureHeaders> Headers,
    SignatureGrammar Grammar,
    KeyDecoding Key,
    SignatureFunction Function,
    SignatureEncoding Encoding,
    TimeSpan? Window)
{
    /// <summary>
    /// Svix, and with the <c>webhook-</c> names Standard Webhooks 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>, five minutes each way.
    /// Its <c>v1a</c> entries (ed25519) are skipped: .NET 10 has no ed25519.
    /// </summary>
    public static readonly SignatureScheme Svix = new(
        [
            new SignatureHeaders("svix-signature", "svix-id", "svix-timestamp"),
            new SignatureHeaders("webhook-signature", "webhook-id", "webhook-timestamp"),
        ],
        new SignatureGrammar.Versions("v1"),
        KeyDecoding.Base64AfterWhsec,
        SignatureFunction.HmacSha256,
        SignatureEncoding.Base64,
        TimeSpan.FromMinutes(5));
}
