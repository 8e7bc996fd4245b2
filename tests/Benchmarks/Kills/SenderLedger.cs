namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>The senders' side of the account: which events they began to post, and which were answered 200.</summary>
internal sealed class SenderLedger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _allowance = new(0);
    private readonly StreamWriter _writer;
    private readonly List<int> _acknowledged = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _drawn;
    private int _refused;

    public SenderLedger(string file) => _writer = new StreamWriter(file);

    public int Drawn => Volatile.Read(ref _drawn);

    /// <summary>Answers other than 200: the sender repeats the event after each.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public int AcknowledgedCount
    {
        get
        {
            lock (_lock)
            {
                return _acknowledged.Count;
            }
        }
    }

    public void Allow(int more) => _allowance.Release(more);

    /// <summary>The number of the next event to post.</summary>
    public async Task<int> DrawAsync(CancellationToken cancellationToken)
    {
        await _allowance.WaitAsync(cancellationToken);
        return Interlocked.Increment(ref _drawn) - 1;
    }

    public void Acknowledge(int number)
    {
        lock (_lock)
        {
            _acknowledged.Add(number);
            _writer.WriteLine(number);
            _next.TrySetResult();
        }
    }

    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>Completes with the first acknowledgement from now on.</summary>
    public Task NextAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All acknowledged numbers, in the order of their answers.</summary>
    public IReadOnlyList<int> Acknowledged()
    {
        lock (_lock)
        {
            _writer.Flush();
            return [.. _acknowledged];
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _allowance.Dispose();
    }
}
