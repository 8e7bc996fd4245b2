using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

/// <summary>
/// One thread and the host process it talks to. Reading a child's pipe blocks, so it has a thread of its own and takes none from the pool.
/// </summary>
internal sealed class HostLane
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private const int RunsBetweenLooks = 64;

    private readonly BlockingCollection<ScriptJob> _queue;
    private readonly SpareHost _spare;
    private readonly ScriptPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _hostLock = new();
    private HostProcess? _host;
    private int _runs;
    private int _failedStarts;
    private long _failedAt;
    private volatile string _whyNot = "";
    private volatile CageReport? _cage;

    public HostLane(BlockingCollection<ScriptJob> queue, SpareHost spare, ScriptPoolOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        (_queue, _spare, _options, _time, _logger, _stopping) = (queue, spare, options, time, logger, stopping);
        new Thread(Work) { IsBackground = true, Name = "script host" }.Start();
    }

    /// <summary>The process that runs now, or null while there is none.</summary>
    public int? HostId
    {
        get
        {
            lock (_hostLock)
                return _host?.Id;
        }
    }

    /// <summary>What holds around this lane's last host; null before the first.</summary>
    public CageReport? Cage => _cage;

    /// <summary>Why the last start failed; null where it did not.</summary>
    public string? Problem => _whyNot.Length > 0 ? _whyNot : null;

    /// <summary>After the pool's token was cancelled: ends the process, so that the thread leaves its read.</summary>
    public Task StopAsync()
    {
        lock (_hostLock)
            _host?.Kill();
        return _ended.Task;
    }

    private void Work()
    {
        try
        {
            EnsureHost();
            foreach (var job in _queue.GetConsumingEnumerable(_stopping))
                Serve(job);
        }
        catch (OperationCanceledException)
        {
            // The pool is being disposed.
        }
        finally
        {
            Retire();
            _ended.SetResult();
        }
    }

    private void Serve(ScriptJob job)
    {
        if (job.IsAbandoned)
            return;
        var answer = Evaluate(job.Ask);
        if (_stopping.IsCancellationRequested)
            job.Cancel();
        else
            job.Answer(answer);
        // The next script must not wait for a start that this one caused.
        if (_runs >= _options.RunsPerHost || HasGrown())
            Retire();
        EnsureHost();
    }

    private bool HasGrown() =>
        _host is not null && _runs % RunsBetweenLooks == 0
        && _host.ResidentBytes > (_options.HeapMegabytes + _options.MegabytesBesideHeap) * 1024L * 1024;

    private ScriptAnswer Evaluate(ScriptAsk ask)
    {
        for (var sent = 1; ; sent++)
        {
            if (!EnsureHost())
                return new ScriptAnswer.HostDied(_whyNot, Ran: false);
            _runs++;
            switch (_host!.Ask(ask))
            {
                case HostExchange.Replied { Reply: var reply }:
                    if (reply.EndsHost)
                        Retire();
                    return Answers.Of(reply, _options);
                case HostExchange.Unasked when sent == 1:
                    // It had ended while idle and saw nothing of this script.
                    Retire();
                    break;
                case HostExchange.Overdue:
                    Retire();
                    return Answers.OverWall(_options);
                case HostExchange.Ended { Why: var why }:
                    Retire();
                    if (!_stopping.IsCancellationRequested)
                        Log.HostDied(_logger, why);
                    return Answers.Died(why);
                default:
                    Retire();
                    return Answers.Died("it could not be reached");
            }
        }
    }

    private bool EnsureHost()
    {
        if (_host is not null)
            return true;
        if (_stopping.IsCancellationRequested || (_failedStarts > 0 && _time.GetElapsedTime(_failedAt) < Pause()))
            return false;
        var problem = Start();
        if (problem is null)
        {
            (_failedStarts, _runs, _whyNot, _cage) = (0, 0, "", _host!.Cage);
            _spare.Begin();
            return true;
        }

        Retire();
        _failedStarts++;
        _failedAt = _time.GetTimestamp();
        _whyNot = $"No script host could be started: {problem}";
        if (!_stopping.IsCancellationRequested)
            Log.HostNotStarted(_logger, problem, Pause().TotalSeconds);
        return false;
    }

    // Doubling, bounded, for ever: a missing runtime that comes back is found within seconds.
    private TimeSpan Pause() => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failedStarts - 1, 10)));

    private string? Start()
    {
        var spare = _spare.TryTake();
        var (host, problem) = spare is null ? HostProcess.Start(_options, _time) : (spare, null);
        if (host is null)
            return problem;
        lock (_hostLock)
        {
            _host = host;
            if (_stopping.IsCancellationRequested)
                host.Kill();
        }

        return spare is null ? host.AwaitReady() : null;
    }

    private void Retire()
    {
        lock (_hostLock)
        {
            _host?.Dispose();
            _host = null;
        }
    }
}
