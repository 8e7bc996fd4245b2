using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Google;

/// <summary>The parts of a service account's key file that signing in needs. Its own <c>token_uri</c> is not followed.</summary>
/// <param name="Email">The account's address: what files and calendars are shared with.</param>
/// <param name="Id">Which of the account's keys it is, or null.</param>
/// <param name="Pem">The private key.</param>
internal sealed record GoogleKey(string Email, string? Id, Secret Pem)
{
    /// <summary>Reads a key file. <paramref name="flaw"/> says what is wrong with it and quotes nothing of it.</summary>
    public static bool TryRead(Secret file, [NotNullWhen(true)] out GoogleKey? key, [NotNullWhen(false)] out string? flaw)
    {
        key = null;
        if (!UntrustedJson.TryReadBody(file.RevealBytes(), out var document, out _))
        {
            flaw = file.Reveal().EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? "it is the path of a file; write file: in front of it"
                : "it is not JSON";
            return false;
        }

        using (document)
        {
            flaw = Read(document.RootElement, out key);
            return key is not null;
        }
    }

    /// <summary>The private key, for whoever disposes it.</summary>
    public RSA OpenKey()
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(Pem.Reveal());
        return rsa;
    }

    private static string? Read(JsonElement json, out GoogleKey? key)
    {
        key = null;
        if (UntrustedJson.Text(json, "type") is not "service_account")
        {
            return "its \"type\" is not \"service_account\"; an OAuth client's file will not do";
        }

        if (UntrustedJson.Text(json, "client_email") is not { Length: > 0 } email)
        {
            return "it has no \"client_email\"";
        }

        if (UntrustedJson.Text(json, "private_key") is not { Length: > 0 } pem)
        {
            return "it has no \"private_key\"";
        }

        if (!IsKey(pem))
        {
            return "its \"private_key\" is not a whole RSA key in PEM";
        }

        key = new GoogleKey(email, UntrustedJson.Text(json, "private_key_id"), new Secret(pem));
        return null;
    }

    private static bool IsKey(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            rsa.ExportParameters(includePrivateParameters: true);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
