namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>A clock that goes on only when it is told to, with timers: hours of waiting pass in a moment.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Round), DateTimeOffset> _due = new();
    private DateTimeOffset _now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When the next timer is due, or null.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                while (_due.TryPeek(out var entry, out var at))
                {
                    if (entry.Timer.Round == entry.Round)
                    {
                        return at;
                    }

                    _due.Dequeue();
                }

                return null;
            }
        }
    }

    /// <summary>Goes on to a moment; what is due on the way is called in its order, at its time.</summary>
    public void GoTo(DateTimeOffset moment)
    {
        while (Next is { } at && at <= moment)
        {
            VirtualTimer? timer = null;
            lock (_gate)
            {
                if (_due.TryDequeue(out var entry, out var due) && entry.Timer.Round == entry.Round)
                {
                    (timer, _now) = (entry.Timer, due > _now ? due : _now);
                }
            }

            timer?.Fire();
        }

        lock (_gate)
        {
            _now = moment > _now ? moment : _now;
        }
    }

    private sealed class VirtualTimer(VirtualTime time, Action callback) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>Counts the changes: what was due before the last one is not due any more.</summary>
        public int Round { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Round++;
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time._due.Enqueue((this, Round), time._now + dueTime);
                }
            }

            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback();
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                Round++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
