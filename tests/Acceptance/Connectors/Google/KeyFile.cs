using System.Security.Cryptography;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Google;

/// <summary>A service account's key file, made for the tests.</summary>
internal static class KeyFile
{
    public const string Email = "hub@example-project.iam.gserviceaccount.com";

    public static RSA Rsa { get; } = RSA.Create(2048);

    public static Secret Secret { get; } = new(Of(Rsa.ExportPkcs8PrivateKeyPem()));

    public static string Of(string privateKey) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = "example-project",
        private_key_id = "key-7",
        private_key = privateKey,
        client_email = Email,
        token_uri = "https://elsewhere.example/token",
    });
}
