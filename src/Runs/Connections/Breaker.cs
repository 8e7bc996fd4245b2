namespace ConnectorHub.Runs.Connections;

/// <summary>
/// Stops calling a target that is down: open when half of at least ten attempts within a minute failed, for 30 s and then twice as long each
/// time, five minutes at most. After that one attempt tries; its end decides. Not thread-safe: its owner locks.
/// </summary>
internal sealed class Breaker
{
    private const int Least = 10;
    private const int MostKept = 500;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // A trial whose end is never heard (its process died) must not keep the breaker closed to all others.
    private static readonly TimeSpan TrialAtMost = TimeSpan.FromMinutes(2);

    private readonly Queue<(DateTimeOffset At, bool Failed)> _ends = new();
    private TimeSpan _length = Shortest;
    private DateTimeOffset? _openUntil;
    private DateTimeOffset? _trialSince;

    /// <summary>Until when nothing is tried; null while attempts go through.</summary>
    public DateTimeOffset? OpenUntil => _openUntil;

    /// <summary>When it opened, before all trials that failed; null while attempts go through.</summary>
    public DateTimeOffset? OpenSince { get; private set; }

    /// <summary>Null where an attempt may go now, which then is the trial of an open breaker; else when to ask again.</summary>
    public DateTimeOffset? Ask(DateTimeOffset now)
    {
        if (_openUntil is not { } until)
        {
            return null;
        }

        if (now < until)
        {
            return until;
        }

        if (_trialSince is { } since && now - since < TrialAtMost)
        {
            return now + Shortest;
        }

        _trialSince = now;
        return null;
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="failed">The target could not be reached or did not answer as it should.</param>
    public void Tell(bool failed, DateTimeOffset now)
    {
        if (_trialSince is not null)
        {
            EndTrial(failed, now);
            return;
        }

        if (_openUntil is not null)
        {
            // It began before the breaker opened and says nothing new.
            return;
        }

        _ends.Enqueue((now, failed));
        while (_ends.Count > MostKept || (_ends.Count > 0 && now - _ends.Peek().At > Window))
        {
            _ends.Dequeue();
        }

        if (_ends.Count >= Least && _ends.Count(end => end.Failed) * 2 >= _ends.Count)
        {
            Open(now);
        }
    }

    private void EndTrial(bool failed, DateTimeOffset now)
    {
        _trialSince = null;
        if (failed)
        {
            _length = _length * 2 < Longest ? _length * 2 : Longest;
            Open(now);
        }
        else
        {
            (_openUntil, OpenSince) = (null, null);
            _length = Shortest;
        }
    }

    private void Open(DateTimeOffset now)
    {
        _openUntil = now + _length;
        OpenSince ??= now;
        _ends.Clear();
    }
}
