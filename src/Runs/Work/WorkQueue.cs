using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs.Work;

/// <summary>
/// Which run to work on next. In memory and lossy: the run table is the queue, this only makes it fast. Runs that are due later wait in a
/// heap; what is dropped or forgotten is found by the sweep.
/// </summary>
public sealed class WorkQueue : IAsyncDisposable
{
    // Each hint may hold an event; the bound keeps that memory small. What does not fit waits in the store.
    private const int Capacity = 4096;
    private static readonly TimeSpan HeapHorizon = TimeSpan.FromMinutes(15);

    private readonly Channel<RunHint> _channel = Channel.CreateBounded<RunHint>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _later = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _aloneTurn = new(1, 1);
    private readonly int _concurrency;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkQueue> _logger;
    private readonly ITimer _timer;

    public WorkQueue(int concurrency, TimeProvider time, ILogger<WorkQueue> logger)
    {
        _concurrency = concurrency;
        _slots = new SemaphoreSlim(concurrency, concurrency);
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => OfferDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many more hints fit now.</summary>
    public int Room => Capacity - _channel.Reader.Count;

    /// <summary>Runs that were offered for now and are not done with.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Runs being worked on.</summary>
    public int Busy => _concurrency - _slots.CurrentCount;

    /// <summary>Offers a run for work now; false where it is already held or there is no room.</summary>
    public bool Offer(RunHint hint)
    {
        lock (_gate)
        {
            if (!_held.Add(hint.RunId))
            {
                return false;
            }
        }

        if (_channel.Writer.TryWrite(hint))
        {
            return true;
        }

        Forget(hint.RunId);
        return false;
    }

    /// <summary>Offers a run for later; far ones are left to the sweep.</summary>
    public void OfferAt(string runId, DateTimeOffset at)
    {
        if (at - _time.GetUtcNow() > HeapHorizon)
        {
            return;
        }

        lock (_gate)
        {
            _later.Enqueue(runId, at);
            Arm();
        }
    }

    /// <summary>Works until cancelled; then waits for what is under way.</summary>
    /// <param name="advance">Carries one run on. Its token ends only when the drain is over.</param>
    public async Task WorkAsync(Func<RunHint, Task> advance, CancellationToken stopClaims)
    {
        try
        {
            await foreach (var hint in _channel.Reader.ReadAllAsync(stopClaims).ConfigureAwait(false))
            {
                await _slots.WaitAsync(stopClaims).ConfigureAwait(false);
                _ = AdvanceAsync(hint, advance);
            }
        }
        catch (OperationCanceledException) when (stopClaims.IsCancellationRequested)
        {
            Log.ClaimsStopped(_logger, Busy);
        }
    }

    /// <summary>Waits until nothing is under way or the token ends; true where all ended.</summary>
    public async Task<bool> DrainAsync(CancellationToken deadline)
    {
        try
        {
            for (var i = 0; i < _concurrency; i++)
            {
                await _slots.WaitAsync(deadline).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until the caller's run is the only one under way; others go on when the answer is disposed.</summary>
    public async Task<IDisposable> AloneAsync(CancellationToken cancellationToken)
    {
        await _aloneTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < _concurrency - 1; taken++)
            {
                await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return new Alone(this, taken);
        }
        catch (OperationCanceledException)
        {
            new Alone(this, taken).Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _slots.Dispose();
        _aloneTurn.Dispose();
    }

    private async Task AdvanceAsync(RunHint hint, Func<RunHint, Task> advance)
    {
        try
        {
            // Off the reading loop at once: claims of many runs share one commit.
            await Task.Yield();
            await advance(hint).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Log.RunLeft(_logger, hint.RunId);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A fault of ours: the lease runs out and the sweep tries the run again.
            Log.RunFaulted(_logger, hint.RunId, exception);
        }
        finally
        {
            Forget(hint.RunId);
            _slots.Release();
        }
    }

    private void Forget(string runId)
    {
        lock (_gate)
        {
            _held.Remove(runId);
        }
    }

    private void OfferDue()
    {
        var due = new List<string>();
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_later.TryPeek(out var runId, out var at) && at <= now)
            {
                _later.Dequeue();
                due.Add(runId);
            }

            Arm();
        }

        foreach (var runId in due)
        {
            Offer(new RunHint(runId, null));
        }
    }

    private void Arm()
    {
        if (_later.TryPeek(out _, out var at))
        {
            var wait = at - _time.GetUtcNow();
            _timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Alone(WorkQueue queue, int slots) : IDisposable
    {
        public void Dispose()
        {
            if (slots > 0)
            {
                queue._slots.Release(slots);
            }

            queue._aloneTurn.Release();
        }
    }
}
