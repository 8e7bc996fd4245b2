namespace ConnectorHub.Connectors.Signatures;

/// <summary>How a secret's text becomes key bytes.</summary>
internal enum KeyDecoding
{
    /// <summary>The text itself as UTF-8.</summary>
    Utf8,

    /// <summary>Base64, after <c>whsec_</c> where that is there.</summary>
    Base64AfterWhsec,
}

/// <summary>What makes the signature out of what is signed.</summary>
internal enum SignatureFunction
{
    /// <summary>HMAC with SHA-256.</summary>
    HmacSha256,

    /// <summary>HMAC with SHA-512.</summary>
    HmacSha512,

    /// <summary>SHA-256 without a key: the secret is a part of what is hashed.</summary>
    Sha256,

    /// <summary>Nothing is made: the header carries the secret itself.</summary>
    Token,
}

/// <summary>How the hash is written.</summary>
internal enum SignatureEncoding
{
    /// <summary>Hex digits, all lower case or all upper case.</summary>
    Hex,

    /// <summary>Base64 with its padding.</summary>
    Base64,
}

/// <summary>What a timestamp counts since 1970.</summary>
internal enum TimestampUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,
}

/// <summary>The names of the headers a sender uses.</summary>
/// <param name="Id">Null where no header carries an id that is signed.</param>
/// <param name="Timestamp">Null where no header of its own carries the time.</param>
internal sealed record SignatureHeaders(string Signature, string? Id = null, string? Timestamp = null);

/// <summary>One platform's way of signing, as data: <see cref="SignatureVerifier"/> holds the only code.</summary>
/// <param name="Headers">Sets of header names, tried in order: the first that is there as a whole counts.</param>
/// <param name="Grammar">How the signature header is laid out.</param>
/// <param name="Key">How the secret becomes a key.</param>
/// <param name="Function">What makes the signature.</param>
/// <param name="Signed">What is signed.</param>
/// <param name="Encoding">How the hash is written.</param>
internal sealed record SignatureScheme(
    IReadOnlyList<SignatureHeaders> Headers,
    SignatureGrammar Grammar,
    KeyDecoding Key,
    SignatureFunction Function,
    SignedTemplate Signed,
    SignatureEncoding Encoding)
{
    /// <summary>What the timestamp counts.</summary>
    public TimestampUnit Unit { get; init; } = TimestampUnit.Seconds;

    /// <summary>How far the timestamp may be from now, either way; null where none is signed.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Characters that the sender signs as they are where the address has them as <c>%XX</c>.</summary>
    public string UrlUnescaped { get; init; } = string.Empty;
}
