using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>One limit and who waits behind it: that of a connection, or of one destination of it. Not thread-safe: its owner locks.</summary>
internal sealed class Line(RateLimit? limit)
{
    // After "slow down" from a platform that names no limit.
    private static readonly TimeSpan Careful = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CarefulFor = TimeSpan.FromMinutes(10);

    // The waits that a platform asks for are taken as they are so often; if it refuses after each of them, they did not help.
    private const int Believed = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Slots _slots = new(limit?.Interval ?? Careful);
    private DateTimeOffset _carefulUntil = DateTimeOffset.MinValue;
    private int _refusals;

    /// <summary>Until when nobody may go.</summary>
    public DateTimeOffset PausedUntil { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Why nobody may, for a person.</summary>
    public string Why { get; private set; } = string.Empty;

    /// <summary>So far a burst may run ahead of its turns.</summary>
    public TimeSpan Ahead => limit is null ? TimeSpan.Zero : limit.Interval * (limit.Burst - 1);

    /// <summary>Whether turns are counted: always where there is a limit, else for a while after the platform asked to slow down.</summary>
    public bool Counts(DateTimeOffset now) => limit is not null || now < _carefulUntil;

    /// <summary>True where a new line would say the same.</summary>
    public bool IsIdle(DateTimeOffset now) => now >= PausedUntil && now >= _carefulUntil && _slots.IsIdle(now);

    public void Pause(DateTimeOffset until, string why)
    {
        if (until > PausedUntil)
        {
            (PausedUntil, Why) = (until, why);
        }

        _carefulUntil = PausedUntil + CarefulFor;
    }

    /// <summary>The platform refused and asked for that wait. Where it goes on refusing after each wait, they grow: doubled, to five minutes.</summary>
    public void Refused(TimeSpan asked, string why, DateTimeOffset now)
    {
        // Those that were under way when the first was refused say nothing new.
        _refusals += now >= PausedUntil ? 1 : 0;
        var grown = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, _refusals - Believed)));
        Pause(now + (_refusals > Believed && grown > asked ? grown : asked), why);
    }

    /// <summary>The platform took what came.</summary>
    public void Taken() => _refusals = 0;

    public void Settle(DateTimeOffset now, DateTimeOffset from) => _slots.Settle(now, from);

    public DateTimeOffset Find(DateTimeOffset from, int writes) => _slots.Find(from, writes);

    public DateTimeOffset FindAround(DateTimeOffset moment, int writes) => _slots.FindAround(moment, writes);

    public void Take(DateTimeOffset turn, int writes) => _slots.Take(turn, writes);

    public void PutBack(DateTimeOffset turn, int writes, DateTimeOffset now) => _slots.PutBack(turn, writes, now);
}
