using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary>Asks whether anything answers at an address yet; an unsigned empty post is refused but proves that the program serves.</summary>
internal static class Knock
{
    public static async Task<bool> AnswersAsync(Uri hook, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, hook.Port));
        try
        {
            var request = $"POST {hook.PathAndQuery} HTTP/1.1\r\nHost: {hook.Authority}\r\nContent-Length: 0\r\n\r\n";
            return await connection.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
