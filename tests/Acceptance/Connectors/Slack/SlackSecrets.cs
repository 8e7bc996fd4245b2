using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Slack;

/// <summary>What Slack's tests share.</summary>
internal static class SlackSecrets
{
    public static IReadOnlyDictionary<string, Secret> All { get; } = new Dictionary<string, Secret>
    {
        ["BotToken"] = new("xoxb-test"),
        ["WebhookUrl"] = new("https://hooks.slack.com/services/T0/B0/test"),
    };

    public static JsonElement Json(string text) => JsonElement.Parse(text);
}
