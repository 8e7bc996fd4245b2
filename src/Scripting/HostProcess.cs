using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ConnectorHub.Scripting;

/// <summary>What came of one ask.</summary>
internal abstract record HostExchange
{
    private HostExchange()
    {
    }

    public sealed record Replied(ScriptReply Reply) : HostExchange;

    /// <summary>The process had ended before the ask reached it.</summary>
    public sealed record Unasked : HostExchange;

    /// <summary>It neither answered nor ended itself in time, and was killed.</summary>
    public sealed record Overdue : HostExchange;

    public sealed record Ended(string Why) : HostExchange;
}

/// <summary>One child process. Used by one thread; <see cref="Kill"/> by any.</summary>
internal sealed class HostProcess : IDisposable
{
    // The host ends itself at its budget. This much later it is ended from here.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private const int ReplyOverhead = 64 * 1024;

    private readonly Process _process;
    private readonly ScriptPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _deadline;
    private readonly Stream _asks;
    private readonly Stream _replies;
    private long _armedAt;
    private TimeSpan _allowed;
    private int _armed;
    private volatile string _lastWords = "";

    private HostProcess(Process process, ScriptPoolOptions options, TimeProvider time)
    {
        (_process, _options, _time) = (process, options, time);
        (_asks, _replies) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _deadline = time.CreateTimer(_ => EndOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(HearLastWords, 128 * 1024) { IsBackground = true, Name = "script host errors" }.Start();
    }

    public int Id => _process.Id;

    /// <summary>What the host says holds around it, once it is ready.</summary>
    public CageReport Cage { get; private set; } = new([]);

    /// <summary>The memory it takes from the machine now; 0 where that cannot be told.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>A process that is starting, or a sentence that says why there is none.</summary>
    public static (HostProcess? Host, string? Problem) Start(ScriptPoolOptions options, TimeProvider time)
    {
        var (process, problem) = HostStart.Start(options, HostStart.Words(options));
        return process is null ? (null, problem) : (new HostProcess(process, options, time), null);
    }

    /// <summary>Null once the host can be asked, or a sentence that says why it ended.</summary>
    public string? AwaitReady()
    {
        Arm(StartLimit);
        var first = Receive();
        if (first is HostExchange.Replied { Reply: { Kind: ReplyKind.Ready } ready })
        {
            Cage = CageReport.Parse(ready.Message);
            return null;
        }

        return first switch
        {
            HostExchange.Overdue => $"it was not ready within {StartLimit.TotalSeconds} s.",
            HostExchange.Ended ended => $"it ended at once ({ended.Why}).",
            _ => "it does not speak this program's language: its files are of another version.",
        };
    }

    public HostExchange Ask(ScriptAsk ask)
    {
        Arm(_options.Wall + Margin);
        try
        {
            ask.WriteTo(_asks);
        }
        catch (IOException)
        {
            Disarm();
            return new HostExchange.Unasked();
        }

        return Receive();
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended, and was disposed.
        }
        catch (Win32Exception)
        {
            // It is ending.
        }
    }

    public void Dispose()
    {
        Kill();
        _deadline.Dispose();
        _asks.Dispose();
        _replies.Dispose();
        _process.Dispose();
    }

    private HostExchange Receive()
    {
        ScriptReply? reply = null;
        try
        {
            reply = ScriptReply.ReadFrom(_replies, _options.MaxOutputBytes + ReplyOverhead);
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
        catch (ObjectDisposedException)
        {
            // Stopped from another thread.
        }
        catch (InvalidDataException)
        {
            return new HostExchange.Ended("its answer could not be read");
        }

        var inTime = Disarm();
        if (reply is not null)
            return new HostExchange.Replied(reply);
        return inTime ? new HostExchange.Ended(Cause()) : new HostExchange.Overdue();
    }

    private string Cause()
    {
        if (_lastWords.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase))
            return "it ran out of stack: look for values or functions that contain or call themselves";
        if (_lastWords.Contains("Out of memory", StringComparison.OrdinalIgnoreCase))
            return $"it ran out of its {_options.HeapMegabytes} MB of memory";
        return "its process ended without an answer";
    }

    // What a dying runtime prints. A stack overflow is printed frame by frame for seconds: nobody waits for that.
    private void HearLastWords()
    {
        var buffer = new byte[256];
        try
        {
            var stream = _process.StandardError.BaseStream;
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (_lastWords.Length > buffer.Length)
                    continue;
                _lastWords += Encoding.UTF8.GetString(buffer, 0, count);
                if (_lastWords.Contains('\n', StringComparison.Ordinal))
                    Kill();
            }
        }
        catch (IOException)
        {
            // It ended.
        }
        catch (InvalidOperationException)
        {
            // It was disposed.
        }
    }

    private void Arm(TimeSpan allowed)
    {
        (_armedAt, _allowed) = (_time.GetTimestamp(), allowed);
        Volatile.Write(ref _armed, 1);
        _deadline.Change(allowed, Timeout.InfiniteTimeSpan);
    }

    /// <summary>False where the deadline came first.</summary>
    private bool Disarm()
    {
        var inTime = Interlocked.Exchange(ref _armed, 0) == 1;
        _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return inTime;
    }

    private void EndOverdue()
    {
        // A timer of an earlier ask may come late: it must not end this one.
        if (_time.GetElapsedTime(_armedAt) < _allowed - TimeSpan.FromMilliseconds(20))
            return;
        if (Interlocked.Exchange(ref _armed, 0) == 1)
            Kill();
    }
}
