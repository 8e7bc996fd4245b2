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

    // An address without an event segment is fine: its events are called received.
    public bool EventComesFromHook => false;

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        TimeSpan.Zero,
        SendsIds: false,
        "Nothing is known about this sender: what is not taken the first time must be taken for lost.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        Scheme(secrets.Settings),
        request,
        secrets,
        now,
        _ => [new ReadEvent(request.HookEvent ?? Received, DedupeKey: null, Time: null, Subject: null, Test: false, request.Body)]);

    public SignedDelivery Sign(ReadOnlyMemory<byte> body, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(Scheme(secrets.Settings), body, secrets, id, now);

    private static SignatureScheme Scheme(IReadOnlyDictionary<string, string> settings) => new(
        [new SignatureHeaders(Setting(settings, "Header", "X-Signature"))],
        new SignatureGrammar.Bare(Setting(settings, "Prefix", string.Empty)),
        KeyDecoding.Utf8,
        Setting(settings, "Algorithm", "sha256") == "sha512" ? SignatureFunction.HmacSha512 : SignatureFunction.HmacSha256,
        Setting(settings, "Encoding", "hex") == "base64" ? SignatureEncoding.Base64 : SignatureEncoding.Hex,
        Window: null);

    private static string Setting(IReadOnlyDictionary<string, string> settings, string name, string otherwise) =>
        settings.TryGetValue(name, out var value) ? value : otherwise;
}
