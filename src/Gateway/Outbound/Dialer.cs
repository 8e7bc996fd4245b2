using System.Net;
using System.Net.Sockets;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>Looks a name up. Throws <see cref="SocketException"/> where there is none.</summary>
internal delegate Task<IPAddress[]> NameLookup(string host, CancellationToken cancellationToken);

/// <summary>Opens a connection to exactly this address.</summary>
internal delegate ValueTask<Stream> SocketOpener(IPEndPoint address, CancellationToken cancellationToken);

/// <summary>Why no connection came about. It travels through the handler's stack, so it has to be an exception.</summary>
internal sealed class DialException(string code, string message, bool forbidden, Exception? inner = null) : IOException(message, inner)
{
    public string Code { get; } = code;

    public bool Forbidden { get; } = forbidden;
}

/// <summary>
/// Opens the sockets of the outgoing path: one look-up, every address judged, and the connection goes to a judged address, never to the name again.
/// A name with one forbidden address is refused whole, for that is what a rebinding name looks like.
/// </summary>
internal sealed class Dialer(OutboundPolicy policy, NameLookup lookup, SocketOpener open)
{
    private const int MostAddresses = 4;

    /// <summary>A dialer on the machine's resolver and sockets.</summary>
    public Dialer(OutboundPolicy policy)
        : this(policy, Dns.GetHostAddressesAsync, OpenSocketAsync)
    {
    }

    public async ValueTask<Stream> DialAsync(DnsEndPoint endPoint, bool trusted, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(endPoint.Host, cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            if (!policy.MayDial(endPoint.Host, address, trusted))
            {
                throw new DialException("address_forbidden", TargetGuard.Forbidden(endPoint.Host).Reason, forbidden: true);
            }
        }

        return await OpenAnyAsync(endPoint, addresses, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            var addresses = await lookup(host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0
                ? addresses
                : throw new DialException("name_not_found", $"The name '{host}' has no address.", forbidden: false);
        }
        catch (SocketException e)
        {
            throw new DialException("name_not_found", $"The name '{host}' was not found ({e.SocketErrorCode}).", forbidden: false, e);
        }
    }

    private async Task<Stream> OpenAnyAsync(DnsEndPoint endPoint, IPAddress[] addresses, CancellationToken cancellationToken)
    {
        var tried = Math.Min(addresses.Length, MostAddresses);
        for (var i = 0; ; i++)
        {
            // Each address gets its share, so that one that swallows packets does not cost the others their turn.
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            share.CancelAfter(policy.ConnectTimeout / tried);
            try
            {
                return await open(new IPEndPoint(addresses[i], endPoint.Port), share.Token).ConfigureAwait(false);
            }
            catch (SocketException) when (i + 1 < tried)
            {
            }
            catch (OperationCanceledException) when (i + 1 < tried && !cancellationToken.IsCancellationRequested)
            {
            }
            catch (SocketException e)
            {
                throw new DialException(
                    "connect_failed", $"No connection to '{endPoint.Host}' port {endPoint.Port} ({e.SocketErrorCode}).", forbidden: false, e);
            }
            catch (OperationCanceledException e)
            {
                throw new DialException(
                    "connect_timeout", $"'{endPoint.Host}' port {endPoint.Port} took no connection in time.", forbidden: false, e);
            }
        }
    }

    private static async ValueTask<Stream> OpenSocketAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
