using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Webhook;

/// <summary>
/// A sender nothing is known about. Its event is the last part of the hook's address, its body is taken as it is. The content never decides
/// what is a repetition: a sender may well say the same thing twice and mean it.
/// </summary>
internal sealed class WebhookSource : IEventSource
{
    private const string Received = "received";

    public string Name => "webhook";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(WebhookSource)).Events("webhook");

    public EventNaming Naming => EventNaming.HookIfNamed;

    public IReadOnlyList<string> Proofs => HookDoor.EitherProof;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(WebhookSource)).Setup("webhook");

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Any2xx,
        [],
        DisablesAfter: null,
        "Nothing is known about this sender: what is not taken the first time must be taken for lost.",
        "Have the sender post the missing events again.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        Scheme(secrets.Settings),
        request,
        secrets,
        now,
        _ => new WebhookReading.Events(
            [new ReadEvent(request.HookEvent ?? Received, Dedupe: null, Time: null, Subject: null, Test: false, request.Body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(Scheme(secrets.Settings), delivery, secrets, id, now);

    private static SignatureScheme Scheme(IReadOnlyDictionary<string, string> settings) => SignatureSchemes.OverBody(
        Setting(settings, "Header", "X-Signature"),
        Setting(settings, "Prefix", string.Empty),
        Setting(settings, "Algorithm", "sha256") == "sha512" ? SignatureFunction.HmacSha512 : SignatureFunction.HmacSha256,
        Setting(settings, "Encoding", "hex") == "base64" ? SignatureEncoding.Base64 : SignatureEncoding.Hex);

    private static string Setting(IReadOnlyDictionary<string, string> settings, string name, string otherwise) =>
        settings.TryGetValue(name, out var value) ? value : otherwise;
}
