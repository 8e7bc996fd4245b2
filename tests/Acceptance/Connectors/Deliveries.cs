using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>Short ways to write a delivery and the secrets it is checked with.</summary>
internal static class Deliveries
{
    public static WebhookRequest Request(string body, params (string Name, string Value)[] headers) => new(
        headers.ToDictionary(header => header.Name, header => header.Value),
        null,
        "live.updated",
        Encoding.UTF8.GetBytes(body));

    public static WebhookSecrets Signing(params string[] values) => Of("SigningSecrets", values);

    public static WebhookSecrets Of(string name, params string[] values) => new(
        new Dictionary<string, IReadOnlyList<Secret>> { [name] = [.. values.Select(value => new Secret(value))] },
        new Dictionary<string, string>());

    public static WebhookSecrets With(this WebhookSecrets secrets, params (string Name, string Value)[] settings) =>
        secrets with { Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };

    public static string Refusal(WebhookReading reading) =>
        reading is WebhookReading.Refused refused ? $"{refused.Why}: {refused.Detail}" : reading.ToString();
}
