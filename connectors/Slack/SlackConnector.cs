using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Slack;

/// <summary>Slack: messages through a bot or an incoming webhook, its people, and what happens there.</summary>
internal sealed class SlackConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(SlackConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new PostMessage(), new PostWebhook(), new UpdateMessage(), new JoinChannel(), new FindUserByEmail()];

    public IReadOnlyList<IEventSource> Sources { get; } = [new SlackEventsSource()];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            // An incoming webhook cannot be tried without posting, and a signing secret only receives.
            return context.FindSecret(PostWebhook.WebhookUrl) is null && context.FindSecret(HookDoor.SigningSecrets) is null
                ? MissingSecret.Outcome(context, SlackApi.BotToken)
                : NothingToAsk.Outcome;
        }

        return await context.CallAsync(
            SlackApi.Read(token, "auth.test"),
            answer => SlackApi.Judge(answer, context, reads: true, json => new StepOutcome.Done(OutputJson.Of(Identity.Of(json)))),
            () => OutputJson.Of(new Identity("Example Team", "connectorhub", "U0123456789")),
            cancellationToken);
    }

    private sealed record Identity(string? Team, string? User, string? UserId)
    {
        public static Identity Of(JsonElement json) =>
            new(UntrustedJson.Text(json, "team"), UntrustedJson.Text(json, "user"), UntrustedJson.Text(json, "user_id"));
    }
}
