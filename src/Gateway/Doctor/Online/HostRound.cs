using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>Asks all hosts, several at once, and the hub's own address outside.</summary>
public sealed class HostRound
{
    private const int AtOnce = 16;

    private readonly HubSetup _setup;
    private readonly IConnections _connections;
    private readonly ConnectorBook _connectors;
    private readonly HostAsker _asker;
    private readonly OwnLook _own;

    internal HostRound(HubSetup setup, IConnections connections, ConnectorBook connectors, HostAsker asker, OwnLook own) =>
        (_setup, _connections, _connectors, _asker, _own) = (setup, connections, connectors, asker, own);

    /// <summary>Each host gets five seconds.</summary>
    public async Task<OnlineAnswer> AskAsync(CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        var hosts = HostList.Of(_connections.Current.All, _connectors).Select(host => InTurnAsync(turns, host, cancellationToken)).ToList();
        var home = _setup.Settings.Hub.PublicUrl is { } address ? HomeAsync(address, cancellationToken) : Task.FromResult<HostLook?>(null);
        return new OnlineAnswer(await Task.WhenAll(hosts).ConfigureAwait(false), await home.ConfigureAwait(false));
    }

    private async Task<HostLook> InTurnAsync(SemaphoreSlim turns, HostToAsk host, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _asker.AskAsync(host, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    // The request carries a mark nobody else knows. Whoever answers, only this process can see that it came in here.
    private async Task<HostLook?> HomeAsync(Uri address, CancellationToken cancellationToken)
    {
        var mark = _own.Begin();
        try
        {
            var look = await _asker.AskAsync(Home(address, mark), cancellationToken).ConfigureAwait(false);
            return look with { CameHome = _own.HasArrived(mark) };
        }
        finally
        {
            _own.End(mark);
        }
    }

    // The operator's own setting, as a connection's base address is: it may lead to a private address.
    private static HostToAsk Home(Uri address, string mark) => new(
        new Uri(address.AbsoluteUri.TrimEnd('/') + HookEndpoint.Prefix),
        [],
        new Connection("PublicUrl", "hub", ConnectionMode.Live, address, new Dictionary<string, IReadOnlyList<Secret>>(), new Dictionary<string, string>(), string.Empty, null),
        new ConnectorManifest("hub", "The hub", string.Empty, null, [], [], [], new Dictionary<string, string>()))
    {
        Headers = [new(OwnLook.Header, mark)],
    };
}
