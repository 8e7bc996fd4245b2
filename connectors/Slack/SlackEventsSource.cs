using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Handshakes;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Slack;

/// <summary>Slack's Events API: what happens in the workspace an app is installed in.</summary>
internal sealed class SlackEventsSource : IEventSource
{
    private const string Callback = "event_callback";

    public string Name => "slack-events";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(SlackEventsSource)).Events("slack-events");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.SignatureOnly;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(SlackEventsSource)).Setup("slack-events");

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(3),
        SuccessStatus.Any2xx,
        [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)],
        DisablesAfter: TimeSpan.FromHours(1),
        "After 4 tries within 6 minutes Slack gives the event up; a busy app whose tries nearly all fail for an hour gets no more events.",
        "Slack sends nothing again. Look into the channels for what was missed, and on the app's page under Event Subscriptions whether events are still on.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.Slack,
        request,
        secrets,
        now,
        body => SlackUrlVerification.Answer(body) ?? new WebhookReading.Events([ReadEvent(request, body)]));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.Slack, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.Change(body, map =>
    {
        if (map["type"] is JsonValue type && type.TryGetValue<string>(out var text) && text == Callback)
        {
            map["event_id"] = $"Ev{id}";
            map["event_time"] = now.ToUnixTimeSeconds();
        }
    });

    private ReadEvent ReadEvent(WebhookRequest request, JsonElement body) => new(
        ReadName(body),
        BodyValues.Line(body, "event_id") is { } id ? DedupeKey.Of(id, DedupeKey.Usual) : ContentKey.Of(Contract, request.Body.Span),
        BodyTimes.UnixSeconds(BodyValues.Find(body, "event_time")),
        ReadSubject(body),
        Test: false,
        request.Body);

    private static string ReadName(JsonElement body)
    {
        var outer = BodyValues.Line(body, "type");
        var inner = outer == Callback ? BodyValues.Line(body, "event", "type") : null;
        return inner ?? outer ?? Unnamed.Name;
    }

    // Where it happened, else who did it. A joining person is sent as a whole, all others by their id.
    private static string? ReadSubject(JsonElement body) =>
        BodyValues.Line(body, "event", "channel")
        ?? BodyValues.Line(body, "event", "item", "channel")
        ?? BodyValues.Line(body, "event", "user")
        ?? BodyValues.Line(body, "event", "user", "id");
}
