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

    /// <summary>For sources whose platform signs, and where a person may choose the token instead.</summary>
    public static readonly IReadOnlyList<string> EitherProof = [SigningSecrets, UrlToken];

    /// <summary>For sources whose platform always signs.</summary>
    public static readonly IReadOnlyList<string> SignatureOnly = [SigningSecrets];

    /// <summary>For sources whose platform cannot sign.</summary>
    public static readonly IReadOnlyList<string> TokenOnly = [UrlToken];

    /// <summary>Verifies and parses; <paramref name="read"/> turns the parsed body into a reading.</summary>
    /// <param name="scheme">How the platform signs; null where it cannot: then only the token counts.</param>
    public static WebhookReading Read(
        SignatureScheme? scheme, WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, Func<JsonElement, WebhookReading> read)
    {
        if (FindFlaw(scheme, request, secrets, now) is { } flaw)
        {
            return new WebhookReading.Refused(flaw.Why, flaw.Detail);
        }

        if (!UntrustedJson.TryReadBody(request.Body, out var document, out var problem))
        {
            return new WebhookReading.Refused(Refusal.NotJson, problem);
        }

        using (document)
        {
            return read(document.RootElement);
        }
    }

    /// <summary>Whether a delivery would be checked by its signature, so that what the signature covers is the sender's own.</summary>
    public static bool IsSigned(WebhookSecrets secrets) => secrets.All(SigningSecrets).Count > 0;

    /// <summary>What a sender with these secrets adds.</summary>
    public static SignedDelivery Sign(SignatureScheme? scheme, SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now)
    {
        if (scheme is not null && secrets.All(SigningSecrets) is [var secret, ..])
        {
            return new SignedDelivery(SignatureVerifier.Sign(scheme, delivery, secret, id, now), null);
        }

        return secrets.All(UrlToken) is [var token, ..]
            ? new SignedDelivery([], token)
            : throw new InvalidOperationException($"The connection sets no {Wanted(scheme)}, so nothing can be signed for it.");
    }

    /// <summary>Null where the delivery is proven.</summary>
    public static SignatureFlaw? FindFlaw(SignatureScheme? scheme, WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if (scheme is not null && secrets.All(SigningSecrets) is { Count: > 0 } keys)
        {
            return SignatureVerifier.FindFlaw(scheme, request, keys, now);
        }

        return secrets.All(UrlToken) is { Count: > 0 } tokens
            ? FindTokenFlaw(request.Token, tokens)
            : new SignatureFlaw(Refusal.NotConfigured, $"The connection sets no {Wanted(scheme)}.");
    }

    private static string Wanted(SignatureScheme? scheme) => scheme is null ? UrlToken : $"{SigningSecrets} and no {UrlToken}";

    private static SignatureFlaw? FindTokenFlaw(string? given, IReadOnlyList<Secret> tokens)
    {
        if (string.IsNullOrEmpty(given))
        {
            return new SignatureFlaw(Refusal.NoProof, "No token: the address must end in ?token= and the token.");
        }

        var matches = false;
        foreach (var token in tokens)
        {
            matches |= SignatureText.IsTextOf(SHA256.HashData(token.RevealBytes()), given);
        }

        return matches ? null : new SignatureFlaw(Refusal.WrongProof, $"The token in the address is not one of the connection's {UrlToken}.");
    }
}
