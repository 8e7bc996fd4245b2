using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Opens the store before anything is served; the container closes it last.</summary>
internal sealed class StoreDoor(HubSettings settings) : IAsyncDisposable
{
    private SqliteHubStore? _store;

    public IHubStore Store => _store ?? throw new InvalidOperationException("The store is opened before it is asked for.");

    public async Task OpenAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken)
        => _store = await SqliteHubStore.OpenAsync(new SqliteStoreOptions { DataFolder = settings.Hub.DataFolder }, time, logger, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
