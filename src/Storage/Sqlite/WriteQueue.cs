using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>The bounded line before the writer: many callers add, one thread takes.</summary>
internal sealed class WriteQueue(int capacity) : IDisposable
{
    private readonly Channel<WriteOperation> _channel = Channel.CreateBounded<WriteOperation>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly AutoResetEvent _wake = new(false);
    private int _asleep;
    private volatile bool _closed;

    /// <summary>True: nothing is added any more.</summary>
    public bool IsClosed => _closed;

    public int Count => _channel.Reader.Count;

    public bool TryAdd(WriteOperation operation)
    {
        if (!_channel.Writer.TryWrite(operation))
        {
            return false;
        }

        WakeTheWriter();
        return true;
    }

    /// <summary>Waits for room.</summary>
    public async ValueTask AddAsync(WriteOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(operation, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteHubStore));
        }

        WakeTheWriter();
    }

    public bool TryTake([MaybeNullWhen(false)] out WriteOperation operation) => _channel.Reader.TryRead(out operation);

    /// <summary>Sleeps until there may be something to take; false when the time passed first.</summary>
    public bool Wait(TimeSpan longest)
    {
        Interlocked.Exchange(ref _asleep, 1);
        // Looks once more after saying so: an addition between the last look and the sleep must not be slept over.
        var woken = _closed || _channel.Reader.TryPeek(out _) || _wake.WaitOne(longest);
        Interlocked.Exchange(ref _asleep, 0);
        return woken;
    }

    /// <summary>No more additions; what is in line is still taken.</summary>
    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _channel.Writer.TryComplete();
        _closed = true;
        _wake.Set();
    }

    public void Dispose() => _wake.Dispose();

    private void WakeTheWriter()
    {
        if (Interlocked.CompareExchange(ref _asleep, 0, 1) == 1)
        {
            _wake.Set();
        }
    }
}
