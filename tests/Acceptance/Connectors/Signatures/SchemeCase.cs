using System.Globalization;
using System.Reflection;
using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>One scheme, a delivery for it that was signed by hand, and the door it goes through.</summary>
internal sealed class SchemeCase
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";

    public static readonly byte[] Body = HandMade.Utf8(
        """{"id":"5f52/14ef","type":"lead.added","note":"caf\u00e9 \"A\" & co","count":12345678901234567890,"at":1715095714,"list":[1,{"a":null}]}""");

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, SignatureScheme> Schemes = typeof(SignatureSchemes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(SignatureScheme))
        .ToDictionary(field => field.Name, field => (SignatureScheme)field.GetValue(null)!);

    private static readonly Dictionary<string, SignatureScheme> Generic = new()
    {
        ["OverBody sha512 hex"] = SignatureSchemes.OverBody("X-Signature", "sha512=", SignatureFunction.HmacSha512),
        ["OverBody sha512 base64"] = SignatureSchemes.OverBody("X-Signature", string.Empty, SignatureFunction.HmacSha512, SignatureEncoding.Base64),
        ["OverBody sha256 base64"] = SignatureSchemes.OverBody("X-Signature", "v1=", SignatureFunction.HmacSha256, SignatureEncoding.Base64),
    };

    public static IEnumerable<string> Names => Schemes.Keys.Concat(Generic.Keys);

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> Timed => [.. Names.Where(name => Of(name).Scheme.Window is not null)];

    public static TheoryData<string> Untimed => [.. Names.Where(name => Of(name).Scheme.Window is null)];

    public static TheoryData<string> CoveringTheBody => [.. Names.Where(name => Of(name).CoversBody)];

    public static TheoryData<string> CoveringTheAddress => [.. Names.Where(name => Of(name).Scheme.Signed.NeedsUrl)];

    public static TheoryData<string> Hashed => [.. Names.Where(name => Of(name).Scheme.Function == SignatureFunction.Sha256)];

    private SchemeCase(string name, SignatureScheme scheme) => (Name, Scheme) = (name, scheme);

    public string Name { get; }

    public SignatureScheme Scheme { get; }

    /// <summary>A token says who sends and nothing about what.</summary>
    public bool CoversBody => Scheme.Function != SignatureFunction.Token;

    public string SignatureHeader => Scheme.Headers[0].Signature;

    public static SchemeCase Of(string name) => new(name, Schemes.TryGetValue(name, out var scheme) ? scheme : Generic[name]);

    public Letter Letter(DateTimeOffset? at = null) => new(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", Timestamp(at ?? Now), "POST", "https://hub.example.org/hooks/tested?a=b%2Cc%20d", Body);

    /// <summary>The hand-signed request of a letter.</summary>
    public WebhookRequest Request(Letter letter) => new(
        HandMade.Headers[Name](letter).ToDictionary(header => header.Name, header => header.Value), null, null, letter.Body)
    {
        Method = letter.Method,
        Url = letter.Url,
    };

    public WebhookRequest Genuine() => Request(Letter());

    public WebhookReading Read(WebhookRequest request, DateTimeOffset? now = null, params string[] secrets) => HookDoor.Read(
        Scheme, request, Deliveries.Signing(secrets.Length == 0 ? [Secret] : secrets), now ?? Now, _ => new WebhookReading.Events([]));

    public bool Takes(WebhookRequest request, DateTimeOffset? now = null, params string[] secrets) => Read(request, now, secrets) switch
    {
        WebhookReading.Events => true,
        WebhookReading.Refused { Why: not Refusal.NotJson } => false,
        var reading => throw new InvalidOperationException($"{Name}: {Deliveries.Refusal(reading)}"),
    };

    public string Timestamp(DateTimeOffset at) =>
        (Scheme.Unit == TimestampUnit.Seconds ? at.ToUnixTimeSeconds() : at.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture);

    public static WebhookRequest With(WebhookRequest request, string header, string value) =>
        request with { Headers = new Dictionary<string, string>(request.Headers) { [header] = value } };

    public static WebhookRequest With(WebhookRequest request, byte[] body) => request with { Body = body };

    public static string Text(WebhookRequest request) => Encoding.UTF8.GetString(request.Body.Span);
}
