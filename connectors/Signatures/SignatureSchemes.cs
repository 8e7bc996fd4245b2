namespace ConnectorHub.Connectors.Signatures;

/// <summary>The ways of signing that are in use, one field each.</summary>
internal static class SignatureSchemes
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Svix, and with the <c>webhook-</c> names Standard Webhooks 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>, five minutes each way.
    /// Its <c>v1a</c> entries are ed25519 and cannot be checked: .NET 10 has no ed25519.
    /// </summary>
    public static readonly SignatureScheme Svix = new(
        [
            new SignatureHeaders("svix-signature", "svix-id", "svix-timestamp"),
            new SignatureHeaders("webhook-signature", "webhook-id", "webhook-timestamp"),
        ],
        new SignatureGrammar.Versions("v1", "v1a"),
        KeyDecoding.Base64AfterWhsec,
        SignatureFunction.HmacSha256,
        SignedTemplate.Of("{id}.{timestamp}.{body}"),
        SignatureEncoding.Base64)
    {
        Window = FiveMinutes,
    };

    /// <summary>Standard Webhooks 1.0 under its own header names first; a sender that uses Svix may keep Svix's.</summary>
    public static readonly SignatureScheme StandardWebhooks = Svix with { Headers = [Svix.Headers[1], Svix.Headers[0]] };

    /// <summary>
    /// Livestorm's API-managed webhooks: plain SHA-256 over timestamp, secret and body, without separators. A hash that ends in the body can be
    /// extended by whoever saw one delivery, but only by bytes that no JSON text can hold, which is why bodies are parsed strictly. Its own
    /// retries last 22 minutes and may repeat a timestamp, hence half an hour.
    /// </summary>
    public static readonly SignatureScheme Livestorm = new(
        [new SignatureHeaders("x-livestorm-signature")],
        new SignatureGrammar.TimestampFirst(),
        KeyDecoding.Utf8,
        SignatureFunction.Sha256,
        SignedTemplate.Of("{timestamp}{secret}{body}"),
        SignatureEncoding.Hex)
    {
        Window = TimeSpan.FromMinutes(30),
    };

    /// <summary>SPOTIO: HMAC-SHA256 over the body, no time.</summary>
    public static readonly SignatureScheme Spotio = OverBody("X-Signature", string.Empty);

    /// <summary>GitHub: HMAC-SHA256 over the body behind <c>sha256=</c>, no time; event name and delivery id are not signed.</summary>
    public static readonly SignatureScheme GitHub = OverBody("X-Hub-Signature-256", "sha256=");

    /// <summary>Stripe: time and signatures in one header; the key is the whole <c>whsec_…</c> text, not decoded.</summary>
    public static readonly SignatureScheme Stripe = new(
        [new SignatureHeaders("Stripe-Signature")],
        new SignatureGrammar.Pairs("t", "v1"),
        KeyDecoding.Utf8,
        SignatureFunction.HmacSha256,
        SignedTemplate.Of("{timestamp}.{body}"),
        SignatureEncoding.Hex)
    {
        Window = FiveMinutes,
    };

    /// <summary>Slack: HMAC-SHA256 over <c>v0:timestamp:body</c>.</summary>
    public static readonly SignatureScheme Slack = VersionZero("X-Slack-Signature", "X-Slack-Request-Timestamp");

    /// <summary>Zoom signs as Slack does, under its own names.</summary>
    public static readonly SignatureScheme Zoom = VersionZero("x-zm-signature", "x-zm-request-timestamp");

    /// <summary>HubSpot's third version: method, public address, body and time in milliseconds. Some escapes of the address are signed undone.</summary>
    public static readonly SignatureScheme HubSpotV3 = new(
        [new SignatureHeaders("X-HubSpot-Signature-v3", Timestamp: "X-HubSpot-Request-Timestamp")],
        new SignatureGrammar.Bare(),
        KeyDecoding.Utf8,
        SignatureFunction.HmacSha256,
        SignedTemplate.Of("{method}{url}{body}{timestamp}"),
        SignatureEncoding.Base64)
    {
        Unit = TimestampUnit.Milliseconds,
        Window = FiveMinutes,
        UrlUnescaped = ":/?@!$'()*,;",
    };

    /// <summary>HubSpot's second version: plain SHA-256 over secret, method, address exactly as it is, and body; no time.</summary>
    public static readonly SignatureScheme HubSpotV2 = PlainHubSpot("{secret}{method}{url}{body}");

    /// <summary>HubSpot's first version: plain SHA-256 over secret and body; no time.</summary>
    public static readonly SignatureScheme HubSpotV1 = PlainHubSpot("{secret}{body}");

    /// <summary>Google's push notifications are not signed: they carry the token that was given when the channel was opened.</summary>
    public static readonly SignatureScheme GoogleChannel = new(
        [new SignatureHeaders("X-Goog-Channel-Token")],
        new SignatureGrammar.Bare(),
        KeyDecoding.Utf8,
        SignatureFunction.Token,
        SignedTemplate.Of(string.Empty),
        SignatureEncoding.Hex);

    /// <summary>An HMAC over the body alone.</summary>
    public static SignatureScheme OverBody(
        string header, string prefix, SignatureFunction function = SignatureFunction.HmacSha256, SignatureEncoding encoding = SignatureEncoding.Hex) => new(
        [new SignatureHeaders(header)],
        new SignatureGrammar.Bare(prefix),
        KeyDecoding.Utf8,
        function,
        SignedTemplate.Of("{body}"),
        encoding);

    private static SignatureScheme VersionZero(string signature, string timestamp) => new(
        [new SignatureHeaders(signature, Timestamp: timestamp)],
        new SignatureGrammar.Bare("v0="),
        KeyDecoding.Utf8,
        SignatureFunction.HmacSha256,
        SignedTemplate.Of("v0:{timestamp}:{body}"),
        SignatureEncoding.Hex)
    {
        Window = FiveMinutes,
    };

    private static SignatureScheme PlainHubSpot(string signed) => new(
        [new SignatureHeaders("X-HubSpot-Signature")],
        new SignatureGrammar.Bare(),
        KeyDecoding.Utf8,
        SignatureFunction.Sha256,
        SignedTemplate.Of(signed),
        SignatureEncoding.Hex);
}
