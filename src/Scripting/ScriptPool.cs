using System.Collections.Concurrent;
using ConnectorHub.Scripting.Lowering;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting;

/// <summary>
/// Evaluates snippets in a few child processes, one script at a time in each. The first call starts them.
/// A script that overruns, or that takes its process down, costs its own call and nothing else.
/// </summary>
public sealed class ScriptPool(ScriptPoolOptions options, TimeProvider time, ILogger<ScriptPool> logger) : IAsyncDisposable
{
    private readonly BlockingCollection<ScriptJob> _queue = [];
    private readonly Lowerings _lowerings = new(options, time, logger);
    // A host keeps what it read by hash: the lowered code is another program than the snippet.
    private const string LoweredHash = "+";

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private HostLane[] _lanes = [];
    private SpareHost? _spare;
    private int _disposed;

    /// <summary>The processes that run now.</summary>
    internal IReadOnlyList<int> HostIds => [.. Volatile.Read(ref _lanes).Select(lane => lane.HostId).OfType<int>()];

    /// <summary>How often a compile process was started.</summary>
    internal int CompileStarts => _lowerings.CompileStarts;

    /// <summary>The compile process that runs now.</summary>
    internal int? CompileId => _lowerings.CompileId;

    /// <summary>The process that waits for one of them to end, or null.</summary>
    internal int? SpareId => Volatile.Read(ref _spare)?.HostId;

    /// <summary>How the pool is now.</summary>
    public ScriptPoolStatus Status
    {
        get
        {
            var lanes = Volatile.Read(ref _lanes);
            return new ScriptPoolStatus(
                Math.Max(1, options.Hosts),
                lanes.Count(lane => lane.HostId is not null),
                lanes.Select(lane => lane.Cage).FirstOrDefault(cage => cage is not null),
                lanes.Select(lane => lane.Problem).FirstOrDefault(problem => problem is not null));
        }
    }

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
        return await AnswerAsync(ask, ct).ConfigureAwait(false);
    }

    /// <summary>Reads the code and does not run it: Returned (empty) or SyntaxError, unless the host fails.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the pool was disposed while the call waited.</exception>
    public async Task<ScriptAnswer> CheckAsync(string code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(code);
        return await AnswerAsync(Ask(code), ct).ConfigureAwait(false);
    }

    /// <summary>Ends the hosts; calls that wait are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _lowerings.StopAsync().ConfigureAwait(false);
        _spare?.Dispose();
        foreach (var lane in _lanes)
            await lane.StopAsync().ConfigureAwait(false);
        while (_queue.TryTake(out var job))
            job.Cancel();
        _queue.Dispose();
        _stopping.Dispose();
    }

    private ScriptAsk Ask(string code) => new(
        true,
        false,
        code,
        "",
        ReadOnlyMemory<byte>.Empty,
        0,
        "",
        (int)options.Cpu.TotalMilliseconds,
        (int)options.Wall.TotalMilliseconds,
        options.MaxOutputBytes);

    // A new snippet is asked of a host as it stands: most are plain. What a host does not read is lowered, once for ever.
    private async Task<ScriptAnswer> AnswerAsync(ScriptAsk ask, CancellationToken ct)
    {
        var known = _lowerings.Known(ask.Code);
        if (known is null && !Lowerings.IsSuspect(ask.Code))
        {
            var answer = await AskAsync(ask, ct).ConfigureAwait(false);
            if (answer is ScriptAnswer.NotRead)
                return await LoweredAsync(ask, await _lowerings.LowerAsync(ask.Code, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
            if (answer is not (ScriptAnswer.SyntaxError or ScriptAnswer.HostDied))
                _lowerings.IsPlain(ask.Code);
            return answer;
        }

        return await LoweredAsync(ask, known ?? await _lowerings.LowerAsync(ask.Code, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }

    private async Task<ScriptAnswer> LoweredAsync(ScriptAsk ask, Lowered lowered, CancellationToken ct)
    {
        switch (lowered)
        {
            case Lowered.Plain:
                return await AskAsync(ask, ct).ConfigureAwait(false);
            case Lowered.Refused refused:
                return new ScriptAnswer.SyntaxError(refused.Message, refused.Line, refused.Column);
            case Lowered.Failed failed:
                return new ScriptAnswer.OverBudget(failed.Message, Wall: true);
            default:
                var code = (Lowered.Code)lowered;
                var answer = await AskAsync(ask with { IsLowered = true, Code = code.Text, Hash = ask.Hash + LoweredHash }, ct).ConfigureAwait(false);
                return InOriginal(answer, code.Map);
        }
    }

    private static ScriptAnswer InOriginal(ScriptAnswer answer, string map)
    {
        switch (answer)
        {
            case ScriptAnswer.Threw threw:
                var (line, column) = SourceMap.Original(map, threw.Line, threw.Column);
                return threw with { Line = line, Column = column };
            case ScriptAnswer.SyntaxError error:
                (line, column) = SourceMap.Original(map, error.Line, error.Column);
                return error with { Line = line, Column = column };
            case ScriptAnswer.NotRead:
                return new ScriptAnswer.SyntaxError("The script cannot be read as JavaScript.", 1, 1);
            default:
                return answer;
        }
    }

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
            _spare = new SpareHost(options, time, logger, _stopping.Token);
            var lanes = new HostLane[Math.Max(1, options.Hosts)];
            for (var i = 0; i < lanes.Length; i++)
                lanes[i] = new HostLane(_queue, _spare, options, time, logger, _stopping.Token);
            Volatile.Write(ref _lanes, lanes);
        }
    }
}
