using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Runs.Work;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

/// <summary>Stores a delivery while its sender still listens: durable, or a 503 in time; never silence.</summary>
internal sealed class TimelyAccept(IHubStore store, WorkQueue work, TimeProvider time, ILogger logger)
{
    /// <summary>Stores it and hands its runs over.</summary>
    public async Task<ReceiveAnswer> StoreAsync(Delivery delivery, IReadOnlyList<Arrival> arrivals, AnswerTime left, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(left.ToBegin);
            // A write that has begun runs to its end, so it is only this wait that ends.
            var writing = WriteAsync(delivery, arrivals, deadline.Token);
            return new ReceiveAnswer.Accepted(await writing.WaitAsync(left.ToEnd, time, CancellationToken.None).ConfigureAwait(false));
        }
        catch (StoreUnavailableException exception)
        {
            Log.StoreUnavailable(logger, exception);
            return new ReceiveAnswer.Busy("The store cannot commit.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReceiveAnswer.Busy("The store did not get to it in time.");
        }
        catch (TimeoutException)
        {
            Log.AcceptTooSlow(logger, delivery.Connection);
            return new ReceiveAnswer.Busy("The store did not finish in time.");
        }
    }

    // Runs are handed over, and the delivery's spans end, even where nobody waits for the answer any more.
    private async Task<IReadOnlyList<AcceptedEvent>> WriteAsync(Delivery delivery, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var accepted = await store.AcceptAsync(delivery, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < accepted.Count; i++)
        {
            EventTrace.Stored(arrivals[i], accepted[i]);
            foreach (var run in accepted[i].Runs)
            {
                // A lossy hint: what does not fit is found by the sweep.
                work.Offer(new RunHint(run, arrivals[i].Known));
            }
        }

        return accepted;
    }
}
