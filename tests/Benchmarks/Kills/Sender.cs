using System.Net;
using System.Net.Sockets;
using ConnectorHub.Tests.Benchmarks.Load;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>
/// A platform's sender: posts one event after the other and repeats each, under the same id, until it is answered 200, as Svix
/// does after a refusal, a cut connection or a silence.
/// </summary>
internal sealed class Sender(SignedEvents events, Uri hook, SenderLedger ledger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="stopDrawing">No new events after this; the one in hand is still brought to its end.</param>
    /// <param name="giveUp">Nothing at all after this.</param>
    public async Task SendAsync(CancellationToken stopDrawing, CancellationToken giveUp)
    {
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, hook.Port));
        try
        {
            while (true)
            {
                await UntilAcknowledgedAsync(connection, await ledger.DrawAsync(stopDrawing), giveUp);
            }
        }
        catch (OperationCanceledException) when (stopDrawing.IsCancellationRequested || giveUp.IsCancellationRequested)
        {
            // What was drawn but not acknowledged shows in the account.
        }
    }

    private async Task UntilAcknowledgedAsync(RawConnection connection, int number, CancellationToken giveUp)
    {
        while (await TryAsync(connection, number, giveUp) != 200)
        {
            ledger.Refuse();
            await Task.Delay(Pause, giveUp);
        }

        ledger.Acknowledge(number);
    }

    private async Task<int> TryAsync(RawConnection connection, int number, CancellationToken giveUp)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        limit.CancelAfter(Silence);
        try
        {
            return await connection.SendAsync(events.Request(number), limit.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            return 0;
        }
    }
}
