using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>The metadata by which a message is found again. Every member of the workspace can read it, so it holds the effect key and nothing else.</summary>
internal sealed record DeliveryMark(string EventType, DeliveryMark.Payload EventPayload)
{
    private const string Type = "connectorhub_delivery";

    public static DeliveryMark Of(string effectKey) => new(Type, new Payload(effectKey));

    public static bool Marks(JsonElement message, string effectKey) =>
        UntrustedJson.Text(message, "metadata", "event_type") == Type
        && UntrustedJson.Text(message, "metadata", "event_payload", "delivery_id") == effectKey;

    internal sealed record Payload(string DeliveryId);
}
