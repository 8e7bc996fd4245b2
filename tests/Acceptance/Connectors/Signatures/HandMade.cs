using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>What a sender has at hand when it signs.</summary>
internal sealed record Letter(string Secret, string Id, string Timestamp, string Method, string Url, byte[] Body);

/// <summary>
/// Signatures put together by hand from the platforms' descriptions, without a line of the code they are to prove.
/// One entry for each field of <c>SignatureSchemes</c>, and for each way the generic webhook can be set up.
/// </summary>
internal static class HandMade
{
    /// <summary>The characters whose escapes HubSpot undoes before it signs an address in its third version.</summary>
    private static readonly (string Escape, string Character)[] HubSpotEscapes =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"),
        ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    public static readonly IReadOnlyDictionary<string, Func<Letter, (string Name, string Value)[]>> Headers =
        new Dictionary<string, Func<Letter, (string Name, string Value)[]>>
        {
            ["Svix"] = letter => Svix(letter, "svix"),
            ["StandardWebhooks"] = letter => Svix(letter, "webhook"),
            ["Livestorm"] = letter => [("x-livestorm-signature", $"{letter.Timestamp},{Hex(SHA256.HashData(Join(letter.Timestamp + letter.Secret, letter.Body)))}")],
            ["Spotio"] = letter => [("X-Signature", Hex(HMACSHA256.HashData(Key(letter), letter.Body)))],
            ["GitHub"] = letter => [("X-Hub-Signature-256", "sha256=" + Hex(HMACSHA256.HashData(Key(letter), letter.Body)))],
            ["Stripe"] = letter =>
                [("Stripe-Signature", $"t={letter.Timestamp},v1={Hex(HMACSHA256.HashData(Key(letter), Join(letter.Timestamp + ".", letter.Body)))}")],
            ["Slack"] = letter => VersionZero(letter, "X-Slack-Request-Timestamp", "X-Slack-Signature"),
            ["Zoom"] = letter => VersionZero(letter, "x-zm-request-timestamp", "x-zm-signature"),
            ["HubSpotV3"] = letter =>
            [
                ("X-HubSpot-Request-Timestamp", letter.Timestamp),
                ("X-HubSpot-Signature-v3", Base64(HMACSHA256.HashData(Key(letter), (byte[])[.. Join(letter.Method + HubSpotUrl(letter.Url), letter.Body), .. Utf8(letter.Timestamp)]))),
            ],
            ["HubSpotV2"] = letter => [("X-HubSpot-Signature", Hex(SHA256.HashData(Join(letter.Secret + letter.Method + letter.Url, letter.Body))))],
            ["HubSpotV1"] = letter => [("X-HubSpot-Signature", Hex(SHA256.HashData(Join(letter.Secret, letter.Body))))],
            ["GoogleChannel"] = letter => [("X-Goog-Channel-Token", letter.Secret)],
            ["OverBody sha512 hex"] = letter => [("X-Signature", "sha512=" + Hex(HMACSHA512.HashData(Key(letter), letter.Body)))],
            ["OverBody sha512 base64"] = letter => [("X-Signature", Base64(HMACSHA512.HashData(Key(letter), letter.Body)))],
            ["OverBody sha256 base64"] = letter => [("X-Signature", "v1=" + Base64(HMACSHA256.HashData(Key(letter), letter.Body)))],
        };

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static (string Name, string Value)[] Svix(Letter letter, string prefix)
    {
        var key = Convert.FromBase64String(letter.Secret["whsec_".Length..]);
        var hash = HMACSHA256.HashData(key, Join($"{letter.Id}.{letter.Timestamp}.", letter.Body));
        return [($"{prefix}-id", letter.Id), ($"{prefix}-timestamp", letter.Timestamp), ($"{prefix}-signature", "v1," + Base64(hash))];
    }

    private static (string Name, string Value)[] VersionZero(Letter letter, string timestamp, string signature) =>
    [
        (timestamp, letter.Timestamp),
        (signature, "v0=" + Hex(HMACSHA256.HashData(Key(letter), Join($"v0:{letter.Timestamp}:", letter.Body)))),
    ];

    private static string HubSpotUrl(string url) => HubSpotEscapes.Aggregate(
        url, (signed, escape) => signed.Replace(escape.Escape, escape.Character, StringComparison.OrdinalIgnoreCase));

    private static byte[] Key(Letter letter) => Utf8(letter.Secret);

    private static byte[] Join(string before, byte[] body) => [.. Utf8(before), .. body];

    private static string Hex(byte[] hash) => string.Concat(hash.Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    private static string Base64(byte[] hash) => Convert.ToBase64String(hash);
}
