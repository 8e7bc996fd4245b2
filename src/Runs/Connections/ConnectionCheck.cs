using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Connections;

/// <summary>What asking a platform about a connection came to.</summary>
/// <param name="Outcome">Done with who we are there, or why it does not work.</param>
/// <param name="Released">Runs that go on because it works again.</param>
public sealed record ConnectionChecked(string Connection, StepOutcome Outcome, int Released);

/// <summary>Asks platforms whether a connection's credentials work, without writing anything. One that works again is released.</summary>
public sealed class ConnectionCheck(Outside outside, IHubStore store, RunsOptions options)
{
    /// <summary>Asks for one connection; null where there is none of that name.</summary>
    public async Task<ConnectionChecked?> AskAsync(string name, CancellationToken cancellationToken)
    {
        if (outside.Connections.Current.Find(name) is not { } connection || outside.Connectors.Find(connection.ConnectorName) is not { } connector)
        {
            return null;
        }

        var outcome = connection.Problem is { } problem
            ? StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", $"{problem}.")
            : await LookAsync(connector, connection, outside.Outbound, outside.Time.GetUtcNow() + options.CallTimeout, cancellationToken).ConfigureAwait(false);
        return new ConnectionChecked(name, outcome, outcome is StepOutcome.Done ? await ReleaseAsync(name, cancellationToken).ConfigureAwait(false) : 0);
    }

    /// <summary>Asks by a way out that is given, and releases nothing.</summary>
    public async Task<StepOutcome> LookAsync(IConnector connector, Connection connection, IOutbound way, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var errand = new Errand(connection, connector.Manifest, EffectKey.For(connection.Name, "check", string.Empty, string.Empty, string.Empty, 0), Rehearsal: false);
        var context = new AttemptContext(outside with { Outbound = way }, errand, outside.Time.GetUtcNow(), deadline);
        try
        {
            return await connector.CheckAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            return StepOutcome.Fail(FailureKind.Transient, "connector_fault", $"Asking failed by a fault of ours ({exception.GetType().Name}).");
        }
    }

    private async Task<int> ReleaseAsync(string name, CancellationToken cancellationToken)
    {
        var blocks = await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false);
        return blocks.Any(block => block.Connection == name)
            ? await store.ReleaseConnectionAsync(name, outside.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            : 0;
    }
}
