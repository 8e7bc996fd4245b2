using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.GitHub;

/// <summary>
/// GitHub's webhooks. The signature covers the body alone: the event's name and the delivery's id come in headers that whoever holds a
/// recorded delivery could change.
/// </summary>
internal sealed class GitHubSource : IEventSource
{
    private const string EventHeader = "X-GitHub-Event";
    private const string DeliveryHeader = "X-GitHub-Delivery";

    public string Name => "github";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(GitHubSource)).Events("github");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.SignatureOnly;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(GitHubSource)).Setup("github");

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Any2xx,
        [],
        DisablesAfter: null,
        "GitHub tries once and never again by itself.",
        "In the webhook's settings on GitHub, open Recent Deliveries and click Redeliver on each failed one, within 3 days.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.GitHub, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.GitHub, delivery, secrets, id, now) with
        {
            Labels = [new(EventHeader, delivery.Event), new(DeliveryHeader, id)],
        };

    private static ReadEvent ReadEvent(WebhookRequest request, JsonElement body) => new(
        ShortText.Of(request.Header(EventHeader)) ?? Unnamed.Name,
        Dedupe(request),
        Time: null,
        BodyValues.Line(body, "repository", "full_name") ?? BodyValues.Line(body, "organization", "login"),
        Test: false,
        request.Body);

    private static DedupeKey Dedupe(WebhookRequest request) =>
        ShortText.Of(request.Header(DeliveryHeader)) is { } id
            ? DedupeKey.Of(id, DedupeKey.WithoutSignedTime)
            : DedupeKey.OfContent(request.Body.Span, DedupeKey.WithoutSignedTime);
}
