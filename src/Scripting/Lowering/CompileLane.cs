using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting.Lowering;

/// <summary>
/// One thread and the compile process it talks to. Both begin with a snippet to lower and end when none came for a while:
/// a compiler takes four times the memory of a script host, and is seldom needed.
/// </summary>
internal sealed class CompileLane(ScriptPoolOptions options, TimeProvider time, ILogger logger)
{
    private const string TooMuch = "The script is too long or too deeply nested to be prepared. Split it into several statements, or into two scripts.";

    private readonly ScriptPoolOptions _limits = options with
    {
        Compiles = true,
        HeapMegabytes = 256,
        Cpu = options.CompileCpu,
        Wall = options.CompileCpu * 4,
        MaxOutputBytes = 4 * 1024 * 1024,
    };

    private readonly object _gate = new();
    private readonly Queue<Job> _jobs = new();
    private bool _runs;
    private bool _stopped;
    private HostProcess? _process;
    private TaskCompletionSource _ended = new();

    private sealed record Job(string Code, TaskCompletionSource<ScriptReply?> Reply);

    /// <summary>Processes started so far.</summary>
    public int Starts { get; private set; }

    /// <summary>The process that runs now, or null while there is none.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_gate)
                return _process?.Id;
        }
    }

    /// <summary>What the compile process answers; a failure that is not the script's is tried once more with a new process.</summary>
    /// <returns>The lowering and its JSON, which is empty where it is not to be kept.</returns>
    public async Task<(Lowered Lowered, ReadOnlyMemory<byte> Json)> LowerAsync(string code)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await AskAsync(code).ConfigureAwait(false);
            switch (reply?.Kind)
            {
                case ReplyKind.Returned when LoweredText.Read(reply.Payload) is { } lowered:
                    return (lowered, reply.Payload);
                case ReplyKind.SyntaxError or ReplyKind.OverCpu or ReplyKind.OverMemory:
                    return (new Lowered.Refused(reply.Kind == ReplyKind.SyntaxError ? reply.Message : TooMuch, 1, 1), ReadOnlyMemory<byte>.Empty);
                case var _ when attempt == 2:
                    return (new Lowered.Failed("The script could not be prepared: the compile process ended or took too long. It can be tried again."), ReadOnlyMemory<byte>.Empty);
            }
        }
    }

    /// <summary>Ends the process; what waits is not answered.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _process?.Kill();
            Monitor.PulseAll(_gate);
            return _runs ? _ended.Task : Task.CompletedTask;
        }
    }

    private async Task<ScriptReply?> AskAsync(string code)
    {
        var job = new Job(code, new TaskCompletionSource<ScriptReply?>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_stopped)
                throw new OperationCanceledException();
            _jobs.Enqueue(job);
            if (_runs)
            {
                Monitor.Pulse(_gate);
            }
            else
            {
                _runs = true;
                _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                new Thread(Work) { IsBackground = true, Name = "script compiler" }.Start();
            }
        }

        return await job.Reply.Task.ConfigureAwait(false);
    }

    private void Work()
    {
        while (Next() is { } job)
        {
            var reply = Answer(job);
            if (Volatile.Read(ref _stopped))
                job.Reply.TrySetCanceled();
            else
                job.Reply.TrySetResult(reply);
        }
    }

    // Null where none came for a while, or the lane was stopped: the thread ends.
    private Job? Next()
    {
        lock (_gate)
        {
            if (_jobs.Count == 0 && !_stopped)
                Monitor.Wait(_gate, options.CompileIdle);
            if (!_stopped && _jobs.TryDequeue(out var job))
                return job;
            while (_jobs.TryDequeue(out var left))
                left.Reply.TrySetCanceled();
            Retire();
            _runs = false;
            _ended.SetResult();
            return null;
        }
    }

    private ScriptReply? Answer(Job job)
    {
        if (_process is null && Start() is { } problem)
        {
            if (!Volatile.Read(ref _stopped))
                Log.CompilerNotStarted(logger, problem);
            Retire();
            return null;
        }

        var exchange = _process!.Ask(Ask(job.Code));
        if (exchange is HostExchange.Replied { Reply: var reply })
        {
            if (reply.EndsHost)
                Retire();
            return reply;
        }

        Retire();
        return null;
    }

    private ScriptAsk Ask(string code) => new(
        false, false, code, "", ReadOnlyMemory<byte>.Empty, 0, "", (int)_limits.Cpu.TotalMilliseconds, (int)_limits.Wall.TotalMilliseconds, _limits.MaxOutputBytes);

    private string? Start()
    {
        var (process, problem) = HostProcess.Start(_limits, time);
        if (process is null)
            return problem;
        lock (_gate)
        {
            _process = process;
            Starts++;
            if (_stopped)
                process.Kill();
        }

        return process.AwaitReady();
    }

    private void Retire()
    {
        lock (_gate)
        {
            _process?.Dispose();
            _process = null;
        }
    }
}
