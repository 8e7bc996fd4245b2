using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>Asks the hosts of all connections, several at once: platforms by HTTP, mail servers in their own way.</summary>
internal sealed class ConnectionHosts(IConnections connections, ConnectorBook connectors, HostAsker hosts, MailAsker mail)
{
    private const int AtOnce = 16;

    public async Task<IReadOnlyList<HostLook>> AskAsync(CancellationToken cancellationToken)
    {
        var all = connections.Current.All;
        using var turns = new SemaphoreSlim(AtOnce);
        List<Func<Task<HostLook?>>> questions =
        [
            .. HostList.Of(all, connectors).Select(host => (Func<Task<HostLook?>>)(async () => await hosts.AskAsync(host, cancellationToken).ConfigureAwait(false))),
            .. HostList.WithoutHost(all, connectors).Select(one => (Func<Task<HostLook?>>)(() => mail.AskAsync(one.Connector, one.Connection, cancellationToken))),
        ];
        var looks = await Task.WhenAll(questions.Select(ask => InTurnAsync(turns, ask, cancellationToken))).ConfigureAwait(false);
        return [.. looks.OfType<HostLook>()];
    }

    private static async Task<HostLook?> InTurnAsync(SemaphoreSlim turns, Func<Task<HostLook?>> ask, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }
}
