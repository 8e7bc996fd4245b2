using System.Net;
using System.Text;
using ConnectorHub.Tests.Benchmarks.Load;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>Asks the stand-in to bring its ledger file up to date.</summary>
internal static class Ledgers
{
    public static async Task FlushAsync(Uri slack, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, slack.Port));
        var status = await connection.SendAsync(Encoding.ASCII.GetBytes($"GET /ledger HTTP/1.1\r\nHost: {slack.Authority}\r\n\r\n"), cancellationToken);
        if (status != 200)
        {
            throw new KillHarnessException($"The stand-in answered {status} when asked for its ledger.");
        }
    }
}
