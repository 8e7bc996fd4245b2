using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs;

/// <summary>Attempts that go out as one call. A seat is taken before the intent is written and used after it; the call waits for every seat.</summary>
internal sealed class Batch(IBatchAction action, int mostBytes)
{
    /// <summary>When nobody has come for so long, the call leaves.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(15);

    /// <summary>It gathers no longer than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<Seat> _arrived = [];
    private readonly TaskCompletionSource<IReadOnlyList<Seat>> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seats;
    private int _waitedFor;
    private int _bytes;
    private bool _closed;

    public IBatchAction Action => action;

    /// <summary>Seats taken so far.</summary>
    public int Seats
    {
        get
        {
            lock (_gate)
            {
                return _seats;
            }
        }
    }

    public bool IsFull => Seats >= action.MaxItems;

    /// <summary>Those who came, once it is closed and nobody is waited for.</summary>
    public Task<IReadOnlyList<Seat>> Complete => _complete.Task;

    /// <summary>Null where there is no room, or the call leaves.</summary>
    public Seat? TakeSeat(int bytes)
    {
        lock (_gate)
        {
            if (_closed || _seats >= action.MaxItems || (_seats > 0 && _bytes + bytes > mostBytes))
            {
                return null;
            }

            (_seats, _waitedFor, _bytes) = (_seats + 1, _waitedFor + 1, _bytes + bytes);
            return new Seat(this);
        }
    }

    /// <summary>Takes nobody more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            CompleteIfAll();
        }
    }

    public void Arrive(Seat? seat)
    {
        lock (_gate)
        {
            _waitedFor--;
            if (seat is not null)
            {
                _arrived.Add(seat);
            }

            CompleteIfAll();
        }
    }

    private void CompleteIfAll()
    {
        if (_closed && _waitedFor == 0)
        {
            _complete.TrySetResult(_arrived);
        }
    }
}

/// <summary>A place in a batch. Whoever does not use it gives it back, or all others would wait.</summary>
internal sealed class Seat(Batch batch)
{
    private readonly TaskCompletionSource<StepOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Attempting? _attempt;
    private bool _left;

    public Attempting Attempt => _attempt ?? throw new InvalidOperationException("This seat has not been used.");

    /// <summary>Takes part in the call; its intent is durable.</summary>
    public Task<StepOutcome> CallAsync(Attempting attempt)
    {
        (_attempt, _left) = (attempt, true);
        batch.Arrive(this);
        return _outcome.Task;
    }

    /// <summary>What the call came to for this seat.</summary>
    public void Tell(StepOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <summary>Gives the seat back where it was not used.</summary>
    public void Leave()
    {
        if (!_left)
        {
            _left = true;
            batch.Arrive(null);
        }
    }
}
