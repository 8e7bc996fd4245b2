using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Read-only connections. A read is short: a snapshot held open keeps the log from being reused.</summary>
internal sealed class ReaderPool(string file, int size) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<Session> _sessions = [];
    private volatile bool _closed;

    public async Task<TAnswer> ReadAsync<TInput, TAnswer>(
        TInput input,
        Func<Session, TInput, TAnswer> read,
        CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteHubStore));
            // SQLite reads block their thread; the caller's may be one that must not.
            return await Task.Run(() => Read(input, read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync();
        }

        while (_sessions.TryTake(out var session))
        {
            session.Dispose();
        }

        _free.Release(size);
    }

    private TAnswer Read<TInput, TAnswer>(TInput input, Func<Session, TInput, TAnswer> read)
    {
        Session? session = null;
        var sound = false;
        try
        {
            session = _sessions.TryTake(out var free) ? free : Session.OpenReader(file);
            var answer = read(session, input);
            sound = true;
            return answer;
        }
        catch (InvalidDataException)
        {
            sound = true;
            throw;
        }
        catch (SqliteException exception) when (StoreFailure.Is(exception))
        {
            throw StoreFailure.From(exception);
        }
        finally
        {
            GiveBack(session, sound);
        }
    }

    private void GiveBack(Session? session, bool sound)
    {
        if (sound)
        {
            _sessions.Add(session!);
        }
        else
        {
            session?.Dispose();
        }
    }
}
