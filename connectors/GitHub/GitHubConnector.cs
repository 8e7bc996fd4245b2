using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.GitHub;

/// <summary>GitHub: pushes, pull requests, issues and releases of repositories. Sends events; actions are not offered.</summary>
internal sealed class GitHubConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(GitHubConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions => [];

    public IReadOnlyList<IEventSource> Sources { get; } = [new GitHubSource()];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(NothingToAsk.Outcome);
}
