using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>Reads the JWT a service account signs in with, and believes nothing of it: signature, audience, times.</summary>
internal sealed class SignedClaims(ServiceAccount account, TimeProvider time)
{
    /// <summary>What <c>aud</c> must say, wherever the request went.</summary>
    public const string Audience = "https://oauth2.googleapis.com/token";

    private const int Skew = 300;
    private const int LongestLife = 3600;

    /// <summary>The claims, or null and the refusal.</summary>
    public JsonObject? Read(string? assertion, out StandInReply? refusal)
    {
        var parts = (assertion ?? string.Empty).Split('.');
        var claims = parts.Length == 3 ? Part(parts[1]) : null;
        refusal = claims is null || Part(parts[0]) is not { } header || header.Text("alg") != "RS256"
            ? GoogleReply.Token(400, "invalid_grant", "Invalid JWT: the assertion is not a JWT signed with RS256.")
            : FindFlaw(parts, claims);
        return refusal is null ? claims : null;
    }

    private StandInReply? FindFlaw(string[] parts, JsonObject claims)
    {
        if (claims.Text("iss") != ServiceAccount.Email)
        {
            return GoogleReply.Token(400, "invalid_grant", "Invalid grant: account not found");
        }

        if (!IsSigned(parts))
        {
            return GoogleReply.Token(400, "invalid_grant", "Invalid JWT Signature.");
        }

        if (claims.Text("aud") != Audience)
        {
            return GoogleReply.Token(400, "invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + Audience);
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return (claims.Number("iat"), claims.Number("exp")) is ({ } issued, { } ends)
            && issued <= now + Skew && ends > now && ends > issued && ends - issued <= LongestLife
            ? null
            : GoogleReply.Token(
                400,
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
    }

    private bool IsSigned(string[] parts)
    {
        if (Bytes(parts[2]) is not { } signature)
        {
            return false;
        }

        using var key = RSA.Create(account.Public);
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static JsonObject? Part(string text)
    {
        try
        {
            return Bytes(text) is { } json ? JsonNode.Parse(json) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
