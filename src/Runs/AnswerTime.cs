namespace ConnectorHub.Runs;

/// <summary>How long a delivery may still take, so that its sender hears a 503 rather than nothing.</summary>
/// <param name="ToBegin">A write that has not begun by then is cancelled.</param>
/// <param name="ToEnd">A write that has begun is not waited for any longer. It may still commit: the repeat is then a duplicate.</param>
public readonly record struct AnswerTime(TimeSpan ToBegin, TimeSpan ToEnd)
{
    // The answer needs its own way back before the sender's clock runs out.
    private const double OfTimeout = 0.6;
    private const double OfTimeoutAtMost = 0.9;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);

    /// <summary>What is left of the sender's patience.</summary>
    /// <param name="timeout">The sender waits this long.</param>
    /// <param name="acceptDeadline">The operator's own limit for a write to begin.</param>
    /// <param name="spent">What reading the delivery has taken already.</param>
    public static AnswerTime Of(TimeSpan timeout, TimeSpan acceptDeadline, TimeSpan spent)
    {
        var begin = TimeSpan.FromTicks(Math.Min(acceptDeadline.Ticks, (timeout * OfTimeout).Ticks)) - spent;
        var end = (timeout * OfTimeoutAtMost) - spent;
        return new AnswerTime(begin > Least ? begin : Least, end > Least ? end : Least);
    }
}
