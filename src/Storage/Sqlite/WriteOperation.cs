namespace ConnectorHub.Storage.Sqlite;

/// <summary>A write on its way: waiting, then begun or cancelled, never both.</summary>
internal abstract class WriteOperation
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    private int _state;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    /// <summary>Set where this write failed by itself and the rest of its batch did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Bytes it brings, so that a batch of large bodies stays a small transaction.</summary>
    public long Weight { get; init; }

    public void CancelWith(CancellationToken token)
    {
        _token = token;
        _registration = token.UnsafeRegister(static operation => ((WriteOperation)operation!).TryCancel(), this);
    }

    /// <summary>False where it was cancelled while it waited: then it is not done.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Writes. May be called again after a rollback, so it keeps nothing between calls but its answer.</summary>
    public abstract void Write(Session session);

    public void FailAlone(Exception fault) => Fault = StoreFailure.OfOneWrite(fault);

    /// <summary>Tells the caller, after the commit.</summary>
    public void Complete()
    {
        _registration.Dispose();
        if (Fault is null)
        {
            Answer();
        }
        else
        {
            Refuse(Fault);
        }
    }

    public void Fail(Exception exception)
    {
        _registration.Dispose();
        Refuse(exception);
    }

    protected abstract void Answer();

    protected abstract void Refuse(Exception exception);

    protected abstract void Cancel(CancellationToken token);

    private void TryCancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            Cancel(_token);
        }
    }
}

internal sealed class WriteOperation<TInput, TAnswer>(TInput input, Func<Session, TInput, TAnswer> write) : WriteOperation
{
    // Callers go on elsewhere: the writer's thread is for writing.
    private readonly TaskCompletionSource<TAnswer> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TAnswer? _answer;

    public Task<TAnswer> Task => _caller.Task;

    public override void Write(Session session) => _answer = write(session, input);

    protected override void Answer() => _caller.TrySetResult(_answer!);

    protected override void Refuse(Exception exception) => _caller.TrySetException(exception);

    protected override void Cancel(CancellationToken token) => _caller.TrySetCanceled(token);
}
