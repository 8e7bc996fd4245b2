namespace ConnectorHub.Scripting;

/// <summary>One ask on its way to a host, and the caller who waits for it.</summary>
internal sealed class ScriptJob(ScriptAsk ask)
{
    private readonly TaskCompletionSource<ScriptAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptAsk Ask { get; } = ask;

    public Task<ScriptAnswer> Task => _answer.Task;

    /// <summary>The caller no longer waits.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    public void Answer(ScriptAnswer answer) => _answer.TrySetResult(answer);

    public void Cancel(CancellationToken token = default) => _answer.TrySetCanceled(token);
}
