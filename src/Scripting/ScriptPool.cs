using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

/// <summary>
/// Evaluates snippets in a few child processes, one script at a time in each. The first call starts them.
/// A script that overruns, or that takes its process down, costs its own call and nothing else.
/// </summary>
public sealed class ScriptPool(ScriptPoolOptions options, TimeProvider time, ILogger<ScriptPool> logger) : IAsyncDisposable
{
    private readonly BlockingCollection<ScriptJob> _queue = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private HostLane[] _lanes = [];
    private int _disposed;

    /// <summary>The processes that run now.</summary>
    internal IReadOnlyList<int> HostIds => [.. Volatile.Read(ref _lanes).Select(lane => lane.HostId).OfType<int>()];

    /// <summary>Evaluates one snippet. A script has no effects, so a call that was cancelled may still run to its end unseen.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the pool was disposed while the call waited.</exception>
    public async Task<ScriptAnswer> RunAsync(ScriptCall call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Names.Length > options.MaxInputBytes)
            return Answers.InputTooBig(call.Names.Length, options);
        var ask = Ask(call.Code) with
        {
            CheckOnly = false,
            Hash = call.Hash,
            Names = call.Names,
            NowMilliseconds = call.Now.ToUnixTimeMilliseconds(),
            Zone = call.Zone,
        };
        return await AskAsync(ask, ct).ConfigureAwait(false);
    }

    /// <summary>Reads the code and does not run it: Returned (empty) or SyntaxError, unless the host fails.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the pool was disposed while the call waited.</exception>
    public async Task<ScriptAnswer> CheckAsync(string code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(code);
        return await AskAsync(Ask(code), ct).ConfigureAwait(false);
    }

    /// <summary>Ends the hosts; calls that wait are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var lane in _lanes)
            await lane.StopAsync().ConfigureAwait(false);
        while (_queue.TryTake(out var job))
            job.Cancel();
        _queue.Dispose();
        _stopping.Dispose();
    }

    private ScriptAsk Ask(string code) => new(
        true,
        code,
        "",
        ReadOnlyMemory<byte>.Empty,
        0,
        "",
        (int)options.Cpu.TotalMilliseconds,
        (int)options.Wall.TotalMilliseconds,
        options.MaxOutputBytes);

    private async Task<ScriptAnswer> AskAsync(ScriptAsk ask, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, this);
        ct.ThrowIfCancellationRequested();
        StartLanes();
        var job = new ScriptJob(ask);
        _queue.Add(job, _stopping.Token);
        using var registration = ct.UnsafeRegister(static (state, token) => ((ScriptJob)state!).Cancel(token), job);
        return await job.Task.ConfigureAwait(false);
    }

    private void StartLanes()
    {
        if (Volatile.Read(ref _lanes).Length > 0)
            return;
        lock (_starting)
        {
            if (_lanes.Length > 0)
                return;
            var lanes = new HostLane[Math.Max(1, options.Hosts)];
            for (var i = 0; i < lanes.Length; i++)
                lanes[i] = new HostLane(_queue, options, time, logger, _stopping.Token);
            Volatile.Write(ref _lanes, lanes);
        }
    }
}
