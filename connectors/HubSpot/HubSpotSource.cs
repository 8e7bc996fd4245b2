using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>HubSpot's webhooks: each delivery is a list of changes, and each change is one event.</summary>
internal sealed class HubSpotSource : IEventSource
{
    public string Name => "hubspot-events";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(HubSpotSource)).Events("hubspot-events");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.SignatureOnly;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(HubSpotSource)).Setup("hubspot-events");

    // Ten more tries over a day is all that is published.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(5),
        SuccessStatus.Any2xx,
        [
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
            TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(7),
        ],
        DisablesAfter: null,
        "After ten more tries within a day HubSpot gives the events up; after a refusal (401) it does not try again at all.",
        "HubSpot sends nothing again. List what was changed in that time in HubSpot and enter what is missing by hand.")
    {
        RetriesAssumed = true,
    };

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        var (scheme, window) = Version(secrets);
        return HookDoor.Read(
            scheme,
            request,
            secrets,
            now,
            body => new WebhookReading.Events([.. BodyItems.Of(body).Select(item => ReadEvent(item, window))]));
    }

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(Version(secrets).Scheme, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.ChangeItems(body, (item, index) =>
    {
        item["eventId"] = RenewedBody.NumberOf($"{id}/{index}");
        item["occurredAt"] = now.ToUnixTimeMilliseconds();
    });

    public ReadOnlyMemory<byte> Deliver(ReadOnlyMemory<byte> body) => BodyItems.ListOf(body);

    private static (SignatureScheme Scheme, TimeSpan Window) Version(WebhookSecrets secrets) =>
        (secrets.Settings.TryGetValue("SignatureVersion", out var version) ? version : "v3") switch
        {
            "v1" => (SignatureSchemes.HubSpotV1, DedupeKey.WithoutSignedTime),
            "v2" => (SignatureSchemes.HubSpotV2, DedupeKey.WithoutSignedTime),
            _ => (SignatureSchemes.HubSpotV3, DedupeKey.Usual),
        };

    private ReadEvent ReadEvent(JsonElement item, TimeSpan window)
    {
        var data = BodyItems.Verbatim(item);
        return new ReadEvent(
            BodyValues.Line(item, "subscriptionType") ?? Unnamed.Name,
            ReadKey(item) is { } key ? DedupeKey.Of(key, window) : ContentKey.Of(Contract, data.Span),
            BodyTimes.UnixMilliseconds(BodyValues.Find(item, "occurredAt")),
            ReadObject(item),
            Test: false,
            data);
    }

    // eventId alone may come twice. attemptNumber is not a part: it grows with each try of the same event.
    private static string? ReadKey(JsonElement item)
    {
        string?[] parts =
        [
            BodyValues.Id(item, "portalId"), BodyValues.Id(item, "subscriptionId"), ReadObject(item),
            BodyValues.Id(item, "eventId"), BodyValues.Id(item, "occurredAt"),
        ];
        return parts.Contains(null) ? null : string.Join('|', parts);
    }

    // An association has two objects and no id of its own.
    private static string? ReadObject(JsonElement item) =>
        BodyValues.Id(item, "objectId")
        ?? (BodyValues.Id(item, "fromObjectId") is { } from && BodyValues.Id(item, "toObjectId") is { } to ? $"{from}-{to}" : null);
}
