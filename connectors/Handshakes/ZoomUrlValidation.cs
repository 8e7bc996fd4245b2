using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Handshakes;

/// <summary>Zoom asks, when an address is saved and every three days after, for proof that the other side holds the secret.</summary>
internal static class ZoomUrlValidation
{
    private const int MaxBytes = 1024;

    /// <summary>The answer to a body that was verified, or null where it does not ask.</summary>
    public static WebhookReading? Answer(JsonElement body, WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if (BodyValues.Text(body, "event") != "endpoint.url_validation")
        {
            return null;
        }

        if (BodyValues.Text(body, "payload", "plainToken") is not { } token || Encoding.UTF8.GetByteCount(token) > MaxBytes)
        {
            return new WebhookReading.Refused(Refusal.NotJson, $"Zoom validates the address, but its plainToken is no text of 1 to {MaxBytes} bytes.");
        }

        if (secrets.All(HookDoor.SigningSecrets) is not { Count: > 0 } keys)
        {
            return new WebhookReading.Refused(
                Refusal.NotConfigured, $"Zoom validates the address with the secret token of its app. Set it as {HookDoor.SigningSecrets}.");
        }

        // During a rotation Zoom expects the secret it signed with itself.
        var key = keys.FirstOrDefault(one => SignatureVerifier.FindFlaw(SignatureSchemes.Zoom, request, [one], now) is null) ?? keys[0];
        var encrypted = HMACSHA256.HashData(key.RevealBytes(), Encoding.UTF8.GetBytes(token));
        var answer = new Dictionary<string, string> { ["plainToken"] = token, ["encryptedToken"] = Convert.ToHexStringLower(encrypted) };
        return new WebhookReading.Handshake(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer));
    }
}
