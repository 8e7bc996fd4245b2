using ConnectorHub.Scripting;

namespace ConnectorHub.ScriptHost;

/// <summary>What a host does with an ask: evaluate it, or lower it.</summary>
internal interface IAnswering
{
    /// <summary>The stack of the thread it works on.</summary>
    int StackBytes { get; }

    /// <summary>Before the first ask, on that thread.</summary>
    void Prepare();

    ScriptReply Answer(ScriptAsk ask);
}

/// <summary>
/// Hands asks from the reading thread to the one evaluating thread. They are two, so that a closed pipe is noticed while a script runs.
/// </summary>
internal sealed class Desk(IAnswering answering, Watchdog watchdog, CageReport cage)
{
    private readonly object _gate = new();
    private ScriptAsk? _next;

    public void Start() =>
        new Thread(EvaluateForever, answering.StackBytes) { IsBackground = true, Name = "evaluate" }.Start();

    public void ReadUntilClosed(Stream input)
    {
        while (Read(input) is { } ask)
        {
            lock (_gate)
            {
                _next = ask;
                Monitor.Pulse(_gate);
            }
        }
    }

    private static ScriptAsk? Read(Stream input)
    {
        try
        {
            return ScriptAsk.ReadFrom(input);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void EvaluateForever()
    {
        StackGuard.MeasureFromHere(answering.StackBytes);
        answering.Prepare();
        watchdog.Send(new ScriptReply(ReplyKind.Ready, cage.ToText()));
        while (true)
        {
            var ask = Take();
            watchdog.Begin(ask);
            watchdog.Finish(Answer(ask));
        }
    }

    private ScriptReply Answer(ScriptAsk ask)
    {
        try
        {
            return answering.Answer(ask);
        }
        catch (OutOfMemoryException)
        {
            return new ScriptReply(ReplyKind.OverMemory, ReadOnlyMemory<byte>.Empty);
        }
    }

    private ScriptAsk Take()
    {
        lock (_gate)
        {
            while (_next is null)
                Monitor.Wait(_gate);
            var ask = _next;
            _next = null;
            return ask;
        }
    }
}
