using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Opens the data folder before anything is served; the container closes the store last.</summary>
internal sealed class StoreDoor(HubSetup setup)
{
    private SqliteHubStore? _store;
    private SettingsConnections? _connections;

    public IHubStore Store => _store ?? throw NotOpen();

    /// <summary>Writes that wait in line.</summary>
    public int WaitingWrites => _store?.WaitingWrites ?? 0;

    /// <summary>The connections; their credential versions need the data folder's key.</summary>
    public SettingsConnections Connections => _connections ?? throw NotOpen();

    public async Task OpenAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = setup.Settings.Hub.DataFolder;
        _store = await SqliteHubStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, time, logger, cancellationToken).ConfigureAwait(false);
        _connections = new SettingsConnections(setup.Settings, SecretStore.OfThisProcess(), CredentialKey.LoadOrCreate(folder));
    }

    private static InvalidOperationException NotOpen() => new("The data folder is opened before anything is asked of it.");
}
