using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>Asks all hosts of the connections, and the hub's own address outside.</summary>
public sealed class HostRound
{
    private readonly HubSetup _setup;
    private readonly ConnectionHosts _hosts;
    private readonly HostAsker _asker;
    private readonly OwnLook _own;

    internal HostRound(HubSetup setup, ConnectionHosts hosts, HostAsker asker, OwnLook own) => (_setup, _hosts, _asker, _own) = (setup, hosts, asker, own);

    /// <summary>Each host gets five seconds.</summary>
    public async Task<OnlineAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var hosts = _hosts.AskAsync(cancellationToken);
        var home = _setup.Settings.Hub.PublicUrl is { } address ? HomeAsync(address, cancellationToken) : Task.FromResult<HostLook?>(null);
        return new OnlineAnswer(await hosts.ConfigureAwait(false), await home.ConfigureAwait(false));
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
