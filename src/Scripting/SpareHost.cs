using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

/// <summary>
/// One host that is ready before it is needed, so that a lane whose host ended goes on at once. A thread of its own starts the next one.
/// </summary>
internal sealed class SpareHost : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly ScriptPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly CancellationToken _stopping;
    private readonly Lock _lock = new();
    private HostProcess? _starting;
    private HostProcess? _ready;
    private bool _isStarted;
    private bool _isClosed;

    public SpareHost(ScriptPoolOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
        => (_options, _time, _logger, _stopping) = (options, time, logger, stopping);

    /// <summary>The process that waits, or null.</summary>
    public int? HostId
    {
        get
        {
            lock (_lock)
                return _ready?.Id;
        }
    }

    /// <summary>A host is up, so more can be started: has a spare made. Once is enough.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_isStarted || _isClosed || !_options.Spare)
                return;
            _isStarted = true;
        }

        _wanted.Release();
        new Thread(Work) { IsBackground = true, Name = "script host spare", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>The spare, where there is one; another is started.</summary>
    public HostProcess? TryTake()
    {
        lock (_lock)
        {
            if (_ready is not { } host)
                return null;
            _ready = null;
            _wanted.Release();
            return host;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _starting?.Kill();
            _ready?.Dispose();
            _ready = null;
        }
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _wanted.Wait(_stopping);
                while (!Make())
                    _stopping.WaitHandle.WaitOne(PauseAfterFailure);
            }
        }
        catch (OperationCanceledException)
        {
            // The pool is being disposed.
        }
        catch (ObjectDisposedException)
        {
            // It was.
        }
    }

    // True also where none is wanted any more.
    private bool Make()
    {
        var (host, problem) = HostProcess.Start(_options, _time);
        lock (_lock)
        {
            if (_isClosed)
            {
                host?.Dispose();
                return true;
            }

            _starting = host;
        }

        problem = host is null ? problem : host.AwaitReady();
        lock (_lock)
        {
            _starting = null;
            if (problem is null && !_isClosed)
            {
                _ready = host;
                return true;
            }

            host?.Dispose();
            if (_isClosed)
                return true;
        }

        Log.HostNotStarted(_logger, problem!, PauseAfterFailure.TotalSeconds);
        return false;
    }
}
