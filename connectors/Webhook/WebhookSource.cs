using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Handshakes;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Webhook;

/// <summary>
/// A sender nothing is known about but how it signs. Its event is the last part of the hook's address, its body is taken as it is. The content
/// never decides what is a repetition: a sender may well say the same thing twice and mean it.
/// </summary>
internal sealed class WebhookSource : IEventSource
{
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

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        var scheme = WebhookSchemes.NameOf(secrets.Settings);
        var name = request.HookEvent ?? Unnamed.Name;
        return scheme == WebhookSchemes.GoogleChannel
            ? GoogleChannel.Read(request, secrets, now, name)
            : HookDoor.Read(
                WebhookSchemes.Of(secrets.Settings),
                request,
                secrets,
                now,
                body => Handshake(scheme, body, request, secrets, now) ?? new WebhookReading.Events(
                    [new ReadEvent(name, Dedupe(scheme, request, secrets), Time: null, Subject: null, Test: false, request.Body)]));
    }

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(WebhookSchemes.Of(secrets.Settings), delivery, secrets, id, now) with
        {
            Labels = WebhookSchemes.NameOf(secrets.Settings) == WebhookSchemes.GoogleChannel ? GoogleChannel.Labels(id) : [],
        };

    private static WebhookReading? Handshake(string scheme, JsonElement body, WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => scheme switch
    {
        WebhookSchemes.Slack => SlackUrlVerification.Answer(body),
        WebhookSchemes.Zoom => ZoomUrlValidation.Answer(body, request, secrets, now),
        _ => null,
    };

    // Only Standard Webhooks signs an id.
    private static DedupeKey? Dedupe(string scheme, WebhookRequest request, WebhookSecrets secrets) =>
        scheme == WebhookSchemes.StandardWebhooks
        && HookDoor.IsSigned(secrets)
        && SignedHeaders.Read(SignatureSchemes.StandardWebhooks, request)?.Id is { } id
            ? DedupeKey.Of(id, DedupeKey.Usual)
            : null;
}
