using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>A throw-away service account: its key is made when the stand-in starts and is good nowhere else.</summary>
internal sealed class ServiceAccount : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public const string Email = "hub@stand-in.iam.gserviceaccount.com";

    public const string KeyId = "0000000000000000000000000000000000000001";

    /// <summary>The public half, which is all that Google has.</summary>
    public RSAParameters Public => _key.ExportParameters(includePrivateParameters: false);

    /// <summary>The key file, as the Google Cloud console gives it.</summary>
    public string ToKeyFile() => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "stand-in",
        ["private_key_id"] = KeyId,
        ["private_key"] = _key.ExportPkcs8PrivateKeyPem() + "\n",
        ["client_email"] = Email,
        ["client_id"] = "100000000000000000001",
        ["auth_uri"] = "https://accounts.google.com/o/oauth2/auth",
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    }.ToJsonString();

    public void Dispose() => _key.Dispose();
}
