using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Webhook;

/// <summary>What the setting <c>Scheme</c> can say: how the sender signs, and with that its handshake and the form of its messages.</summary>
internal static class WebhookSchemes
{
    public const string StandardWebhooks = "standard-webhooks";
    public const string Slack = "slack";
    public const string Zoom = "zoom";
    public const string GoogleChannel = "google-channel";

    private const string Hmac = "hmac";

    private static readonly Dictionary<string, SignatureScheme> Known = new(StringComparer.Ordinal)
    {
        [StandardWebhooks] = SignatureSchemes.StandardWebhooks,
        ["stripe"] = SignatureSchemes.Stripe,
        ["github"] = SignatureSchemes.GitHub,
        [Slack] = SignatureSchemes.Slack,
        [Zoom] = SignatureSchemes.Zoom,
        ["hubspot-v3"] = SignatureSchemes.HubSpotV3,
        ["hubspot-v2"] = SignatureSchemes.HubSpotV2,
        ["hubspot-v1"] = SignatureSchemes.HubSpotV1,
        ["livestorm"] = SignatureSchemes.Livestorm,
        ["spotio"] = SignatureSchemes.Spotio,
        [GoogleChannel] = SignatureSchemes.GoogleChannel,
    };

    /// <summary>Every name that can be written.</summary>
    public static IEnumerable<string> Names => Known.Keys.Prepend(Hmac);

    /// <summary>The name in a connection's settings.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> settings) => Setting(settings, "Scheme", Hmac);

    /// <summary>The way of signing: one of the known ones, else an HMAC over the body as the other settings describe it.</summary>
    public static SignatureScheme Of(IReadOnlyDictionary<string, string> settings) =>
        Known.TryGetValue(NameOf(settings), out var known) ? known : SignatureSchemes.OverBody(
            Setting(settings, "Header", "X-Signature"),
            Setting(settings, "Prefix", string.Empty),
            Setting(settings, "Algorithm", "sha256") == "sha512" ? SignatureFunction.HmacSha512 : SignatureFunction.HmacSha256,
            Setting(settings, "Encoding", "hex") == "base64" ? SignatureEncoding.Base64 : SignatureEncoding.Hex);

    private static string Setting(IReadOnlyDictionary<string, string> settings, string name, string otherwise) =>
        settings.TryGetValue(name, out var value) ? value : otherwise;
}
