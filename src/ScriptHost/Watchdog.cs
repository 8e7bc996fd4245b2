using System.Diagnostics;
using ConnectorHub.Scripting;

namespace ConnectorHub.ScriptHost;

/// <summary>
/// Holds each call to its budget. An evaluation cannot be stopped from outside (a regular expression or a native join never looks up),
/// so an overrun is answered from here and the process ends. Every reply goes out through here, so that a call has exactly one.
/// </summary>
internal sealed class Watchdog(Stream output)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan IdleBeforeParking = TimeSpan.FromSeconds(1);

    private readonly Lock _reply = new();
    private readonly object _gate = new();
    private readonly Process _self = Process.GetCurrentProcess();
    private Budget? _open;
    private volatile bool _parked;

    private sealed record Budget(TimeSpan CpuAtStart, long StartedAt, TimeSpan Cpu, TimeSpan Wall);

    public void Start() => new Thread(Watch) { IsBackground = true, Name = "watchdog" }.Start();

    public void Begin(ScriptAsk ask)
    {
        var budget = new Budget(
            Environment.CpuUsage.TotalTime,
            Stopwatch.GetTimestamp(),
            TimeSpan.FromMilliseconds(ask.CpuMilliseconds),
            TimeSpan.FromMilliseconds(ask.WallMilliseconds));
        // A full fence: the parked flag must not be read before the budget is visible.
        Interlocked.Exchange(ref _open, budget);
        if (!_parked)
            return;
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    /// <summary>Sends the reply of the open call, unless its overrun was already answered.</summary>
    public void Finish(ScriptReply reply)
    {
        if (Interlocked.Exchange(ref _open, null) is not null)
            Send(reply);
        if (reply.EndsHost)
            EndProcess();
    }

    public void Send(ScriptReply reply)
    {
        try
        {
            lock (_reply)
                reply.WriteTo(output);
        }
        catch (IOException)
        {
            // Nobody reads any more.
            EndProcess();
        }
    }

    /// <summary>At once, whatever other threads do: no finalizers, no handlers.</summary>
    public void EndProcess() => _self.Kill();

    private void Watch()
    {
        var idleSince = Stopwatch.GetTimestamp();
        while (true)
        {
            var open = Volatile.Read(ref _open);
            if (open is not null)
            {
                idleSince = Stopwatch.GetTimestamp();
                End(open, Overrun(open));
            }

            Rest(Stopwatch.GetElapsedTime(idleSince) > IdleBeforeParking);
        }
    }

    private static ReplyKind? Overrun(Budget budget)
    {
        if (Environment.CpuUsage.TotalTime - budget.CpuAtStart > budget.Cpu)
            return ReplyKind.OverCpu;
        return Stopwatch.GetElapsedTime(budget.StartedAt) > budget.Wall ? ReplyKind.OverWall : null;
    }

    private void End(Budget budget, ReplyKind? overrun)
    {
        if (overrun is not { } kind || Interlocked.CompareExchange(ref _open, null, budget) != budget)
            return;
        Send(new ScriptReply(kind, ReadOnlyMemory<byte>.Empty));
        EndProcess();
    }

    // A busy host is looked at each tick; one that has been idle for a while sleeps until the next call wakes it.
    private void Rest(bool park)
    {
        lock (_gate)
        {
            if (!park)
            {
                Monitor.Wait(_gate, Tick);
                return;
            }

            _parked = true;
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _open) is null)
                Monitor.Wait(_gate);
            _parked = false;
        }
    }
}
