using System.Security.Cryptography;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>
/// The door every source shares: verify the raw bytes first, then parse. Where signing secrets are set the signature is required;
/// a token in the address counts only where there are none.
/// </summary>
internal static class HookDoor
{
    /// <summary>The secrets that sign, by their name in connector.json.</summary>
    public const string SigningSecrets = "SigningSecrets";

    /// <summary>The tokens a hook's address may carry, by their name in connector.json.</summary>
    public const string UrlToken = "UrlToken";

    /// <summary>Verifies and parses; <paramref name="read"/> turns the parsed body into events.</summary>
    public static WebhookReading Read(
        SignatureScheme scheme,
        WebhookRequest request,
        WebhookSecrets secrets,
        DateTimeOffset now,
        Func<JsonElement, IReadOnlyList<ReadEvent>> read)
    {
        if (FindFlaw(scheme, request, secrets, now) is { } flaw)
        {
            return new WebhookReading.Refused(Refusal.NotVerified, flaw);
        }

        if (!UntrustedJson.TryReadBody(request.Body, out var document, out var problem))
        {
            return new WebhookReading.Refused(Refusal.NotJson, problem);
        }

        using (document)
        {
            return new WebhookReading.Events(read(document.RootElement));
        }
    }

    /// <summary>What a sender with these secrets adds.</summary>
    public static SignedDelivery Sign(SignatureScheme scheme, ReadOnlyMemory<byte> body, WebhookSecrets secrets, string id, DateTimeOffset now)
    {
        if (secrets.All(SigningSecrets) is [var secret, ..])
        {
            return new SignedDelivery(SignatureVerifier.Sign(scheme, body.Span, secret, id, now), null);
        }

        return secrets.All(UrlToken) is [var token, ..]
            ? new SignedDelivery([], token)
            : throw new InvalidOperationException($"The connection sets neither {SigningSecrets} nor {UrlToken}, so nothing can be signed for it.");
    }

    private static string? FindFlaw(SignatureScheme scheme, WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if (secrets.All(SigningSecrets) is { Count: > 0 } keys)
        {
            return SignatureVerifier.FindFlaw(scheme, request, keys, now);
        }

        return secrets.All(UrlToken) is { Count: > 0 } tokens
            ? FindTokenFlaw(request.Token, tokens)
            : $"The connection sets neither {SigningSecrets} nor {UrlToken}.";
    }

    private static string? FindTokenFlaw(string? given, IReadOnlyList<Secret> tokens)
    {
        if (string.IsNullOrEmpty(given))
        {
            return "No token: the address must end in ?token= and the token.";
        }

        // Hashes have one length, so the comparison tells nothing about the token's own.
        var hash = SHA256.HashData(new Secret(given).RevealBytes());
        var matches = false;
        foreach (var token in tokens)
        {
            matches |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(token.RevealBytes()), hash);
        }

        return matches ? null : $"The token in the address is not one of the connection's {UrlToken}.";
    }
}
