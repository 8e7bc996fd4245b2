namespace ConnectorHub.Runs;

/// <summary>How runs are worked on. All durations are wall-clock.</summary>
public sealed record RunsOptions
{
    /// <summary>One call to a target may take this long, unless its step says otherwise.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After the deadline of a lost attempt, so long until its effect is looked for: what was under way has landed by then.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs advanced at the same time.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>Where the admin API answers; <c>run.url</c> of <c>on_error</c> leads there.</summary>
    public string AdminUrl { get; init; } = string.Empty;

    /// <summary>The hub's zone, an IANA name; empty for UTC.</summary>
    public string Zone { get; init; } = string.Empty;

    /// <summary>Waits between tries, unless step or recipe say otherwise.</summary>
    public IReadOnlyList<TimeSpan> Retry { get; init; } = RetrySchedule.Default;

    /// <summary>A run that still waits after this long becomes a dead letter.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A delivery that the store has not begun to write by then is answered 503.</summary>
    public TimeSpan AcceptDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a claim holds before its first attempt.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);
}
