using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>The webhooks that are made through Livestorm's API.</summary>
internal sealed class LivestormSource : IEventSource
{
    // A recorded delivery passes the signature for half an hour before and after its timestamp: one hour, and a margin.
    private static readonly TimeSpan ContentWindow = TimeSpan.FromMinutes(90);

    public string Name => "livestorm";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(LivestormSource)).Events("livestorm");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.EitherProof;

    public MissingDates MissingDates => MissingDates.UnixZero;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(LivestormSource)).Setup("livestorm");

    // The timeout is not published: ten seconds is what the strictest of its kind allow.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Any2xx,
        Waits,
        DisablesAfter: TimeSpan.FromMinutes(22),
        "After five more tries within 22 minutes Livestorm gives the message up and switches the webhook off.",
        "Make the webhook anew through Livestorm's API, and look up in Livestorm what happened in between: it is not sent again.");

    /// <summary>The waits that Livestorm publishes for this kind of webhook.</summary>
    internal static IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2.5), TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(12),
    ];

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.Livestorm, request, secrets, now, body => new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.Livestorm, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) =>
        RenewedBody.Change(body, map => ApiBody.Renew(map, now));

    private static ReadEvent ReadEvent(WebhookRequest request, JsonElement body) => new(
        ApiBody.ReadName(body) ?? Unnamed.Unknown,
        ApiBody.ReadKey(body) is { } key ? DedupeKey.Of(key, DedupeKey.Usual) : DedupeKey.OfContent(request.Body.Span, ContentWindow),
        ApiBody.ReadTime(body),
        ApiBody.ReadId(body),
        Test: false,
        request.Body);
}
