using System.Diagnostics;
using ConnectorHub.Runs.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>
/// Makes the search index beside the writer, with a share of one core: after a start whatever is missing, then a block whenever enough
/// events have come. Where it lags behind, a search reads the events themselves.
/// </summary>
internal sealed class SearchIndex : IAsyncDisposable
{
    private readonly ReaderPool _readers;
    private readonly Writer _writer;
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task _work = Task.CompletedTask;
    private int _arrived;
    private bool _isAtWork;
    private bool _isClosed;

    public SearchIndex(ReaderPool readers, Writer writer, SqliteStoreOptions options, ILogger logger)
    {
        _readers = readers;
        _writer = writer;
        _options = options;
        _logger = logger;
        _writer.EventsStored = Stored;
        Start();
    }

    private int Enough => Math.Max(1, _options.SearchBlock / 2);

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            (_isClosed, work) = (true, _work);
        }

        if (!_end.IsCancellationRequested)
        {
            await _end.CancelAsync();
        }

        await work;
        _end.Dispose();
    }

    // On the writer's thread.
    private void Stored(int events)
    {
        if (Interlocked.Add(ref _arrived, events) >= Enough)
        {
            Start();
        }
    }

    private void Start()
    {
        lock (_gate)
        {
            if (_options.IndexShare <= 0 || _isAtWork || _isClosed)
            {
                return;
            }

            _isAtWork = true;
            _work = Task.Run(() => WorkAsync(_end.Token));
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var grams = new GramSet();
            do
            {
                Interlocked.Exchange(ref _arrived, 0);
                while (await NextAsync(grams, cancellationToken))
                {
                }
            }
            while (!Ends());
        }
        catch (OperationCanceledException)
        {
            // The store is being closed; the next start goes on.
            return;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or SqliteException or InvalidDataException or ObjectDisposedException)
        {
            Log.IndexStopped(_logger, exception.Message);
            lock (_gate)
            {
                _isAtWork = false;
            }
        }
    }

    // False where as many have come meanwhile as would have started it.
    private bool Ends()
    {
        lock (_gate)
        {
            _isAtWork = Volatile.Read(ref _arrived) >= Enough;
            return !_isAtWork;
        }
    }

    // False where there is nothing more to do now.
    private async Task<bool> NextAsync(GramSet grams, CancellationToken cancellationToken)
    {
        var took = TimeSpan.Zero;
        var draft = await _readers.ReadAsync(
            (grams, _options.SearchBlock),
            (session, wanted) =>
            {
                var began = Stopwatch.GetTimestamp();
                var next = SearchDrafts.Next(session, wanted);
                took = Stopwatch.GetElapsedTime(began);
                return next;
            },
            cancellationToken);
        if (draft is null)
        {
            return false;
        }

        var kept = await _writer.WriteAsync(draft, SearchTable.Keep, cancellationToken, draft.Slices.Sum(slice => (long)slice.Length));
        await Task.Delay(took * ((1 / _options.IndexShare) - 1), cancellationToken);
        return kept;
    }
}
