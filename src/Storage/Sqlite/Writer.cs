using System.Diagnostics;
using ConnectorHub.Runs.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It takes what waits in line, does it in one transaction and answers all callers after the commit:
/// one sync of the disk serves many callers, which is what makes full durability affordable.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const long MaxBatchWeight = 16 * 1024 * 1024;

    private static readonly TimeSpan IdleBeforeCheckpoint = TimeSpan.FromMilliseconds(200);

    private readonly string _file;
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly WriteQueue _queue;
    private readonly Checkpoints _checkpoints;
    private readonly List<WriteOperation> _batch = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Null while the store cannot commit: a handle that failed to commit is not trusted again.
    private Session? _session;
    private volatile Exception? _failure;
    private long _lastProbe;
    private long _weight;

    public Writer(string file, Session session, SqliteStoreOptions options, ILogger logger)
    {
        _file = file;
        _session = session;
        _options = options;
        _logger = logger;
        _queue = new WriteQueue(options.QueueCapacity);
        _checkpoints = new Checkpoints(options.CheckpointBytes, logger);
        new Thread(Work) { IsBackground = true, Name = "store-writer" }.Start();
    }

    public bool CanCommit => _failure is null;

    public int Waiting => _queue.Count;

    /// <summary>Told on the writer's thread how many new events a commit has stored.</summary>
    public Action<int>? EventsStored { get; set; }

    public Task<TAnswer> WriteAsync<TInput, TAnswer>(
        TInput input,
        Func<Session, TInput, TAnswer> write,
        CancellationToken cancellationToken,
        long weight = 0)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TAnswer>(cancellationToken);
        }

        if (_failure is { } failure)
        {
            return Task.FromException<TAnswer>(StoreFailure.From(failure));
        }

        var operation = new WriteOperation<TInput, TAnswer>(input, write) { Weight = weight };
        operation.CancelWith(cancellationToken);
        return _queue.TryAdd(operation) ? operation.Task : AddWhenThereIsRoomAsync(operation, cancellationToken);
    }

    /// <summary>Writes what is in line, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task;
        _queue.Dispose();
    }

    private async Task<TAnswer> AddWhenThereIsRoomAsync<TInput, TAnswer>(
        WriteOperation<TInput, TAnswer> operation,
        CancellationToken cancellationToken)
    {
        await _queue.AddAsync(operation, cancellationToken);
        return await operation.Task;
    }

    private void Work()
    {
        while (true)
        {
            // Asked before the look: what was added before the closing is then surely seen.
            var closed = _queue.IsClosed;
            if (_queue.TryTake(out var first))
            {
                TakeBatch(first);
                WriteBatch();
            }
            else if (closed)
            {
                break;
            }
            else
            {
                Rest();
            }
        }

        _session?.Dispose();
        _ended.TrySetResult();
    }

    // Callers that were just answered come back at once with their next write. While the last batch shows that there are several,
    // a short wait for as many again saves syncs; a lone caller is never made to wait.
    private void TakeBatch(WriteOperation first)
    {
        var expected = Math.Min(_batch.Count, _options.MaxBatch);
        var began = Stopwatch.GetTimestamp();
        _batch.Clear();
        _weight = 0;
        Take(first);
        while (TakeWaiting() && _batch.Count < expected)
        {
            var left = _options.BatchWait - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !_queue.Wait(left))
            {
                return;
            }
        }
    }

    // False once the batch is full.
    private bool TakeWaiting()
    {
        while (_batch.Count < _options.MaxBatch && _weight < MaxBatchWeight)
        {
            if (!_queue.TryTake(out var next))
            {
                return !_queue.IsClosed;
            }

            Take(next);
        }

        return false;
    }

    private void Take(WriteOperation operation)
    {
        if (operation.TryBegin())
        {
            _batch.Add(operation);
            _weight += operation.Weight;
        }
    }

    private void WriteBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        if (_session is not { } session)
        {
            FailBatch(_failure!);
            Probe();
            return;
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            GroupCommit.Write(session, _batch, _logger);
            StoreInstruments.Committed(_batch.Count, Stopwatch.GetElapsedTime(began));
        }
        catch (Exception exception) when (exception is StoreUnavailableException or SqliteException)
        {
            GiveUp(session, exception);
            FailBatch(exception);
            return;
        }

        foreach (var operation in _batch)
        {
            operation.Complete();
        }

        if (session.TakeArrivals() is > 0 and var events)
        {
            EventsStored?.Invoke(events);
        }

        _checkpoints.Committed(session);
    }

    private void GiveUp(Session session, Exception exception)
    {
        Log.CannotCommit(_logger, exception.Message, exception);
        _failure = exception;
        _session = null;
        _lastProbe = Stopwatch.GetTimestamp();
        session.Dispose();
    }

    private void FailBatch(Exception exception)
    {
        foreach (var operation in _batch)
        {
            operation.Fail(StoreFailure.From(exception));
        }
    }

    private void Rest()
    {
        if (_session is not { } session)
        {
            _queue.Wait(_options.ProbeInterval);
            Probe();
        }
        else if (!_checkpoints.IsPending)
        {
            _queue.Wait(Timeout.InfiniteTimeSpan);
        }
        else if (!_queue.Wait(IdleBeforeCheckpoint))
        {
            _checkpoints.Idle(session);
        }
    }

    private void Probe()
    {
        if (Stopwatch.GetElapsedTime(_lastProbe) < _options.ProbeInterval)
        {
            return;
        }

        _lastProbe = Stopwatch.GetTimestamp();
        Session? session = null;
        try
        {
            session = Session.OpenWriter(_file, _options);
            ProbeWrite.Do(session);
            (_session, session) = (session, null);
            _failure = null;
            Log.CommitsAgain(_logger);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or SqliteException)
        {
            _failure = exception;
        }
        finally
        {
            session?.Dispose();
        }
    }
}
