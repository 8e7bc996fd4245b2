using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Handshakes;

/// <summary>Slack asks for its own word back before it saves an address.</summary>
internal static class SlackUrlVerification
{
    private const int MaxBytes = 1024;

    /// <summary>The answer to a body that was verified, or null where it does not ask.</summary>
    public static WebhookReading? Answer(JsonElement body)
    {
        if (BodyValues.Text(body, "type") != "url_verification")
        {
            return null;
        }

        return BodyValues.Text(body, "challenge") is { } challenge && Encoding.UTF8.GetByteCount(challenge) <= MaxBytes
            ? new WebhookReading.Handshake(200, "text/plain", Encoding.UTF8.GetBytes(challenge))
            : new WebhookReading.Refused(Refusal.NotJson, $"Slack verifies the address, but its challenge is no text of 1 to {MaxBytes} bytes.");
    }
}
