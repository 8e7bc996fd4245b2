namespace ConnectorHub.Abstractions;

/// <summary>How a sender behaves: what the hub must hold to, and how long the sender's own net lasts.</summary>
/// <param name="Timeout">It waits this long for an answer.</param>
/// <param name="Success">Which answers it takes for success.</param>
/// <param name="Retries">The wait before each further try, after the failure before it; empty where it never tries again.</param>
/// <param name="DisablesAfter">It switches the hook off when every try failed for this long; null where it never does.</param>
/// <param name="GivesUp">What it does after its last try, one sentence.</param>
/// <param name="Remedy">What a person does then: how to get the events or the hook back, one sentence.</param>
public sealed record SenderContract(
    TimeSpan Timeout,
    SuccessStatus Success,
    IReadOnlyList<TimeSpan> Retries,
    TimeSpan? DisablesAfter,
    string GivesUp,
    string Remedy)
{
    /// <summary>True where the platform does not publish its waits and <see cref="Retries"/> are a cautious guess.</summary>
    public bool RetriesAssumed { get; init; }

    /// <summary>From its first try to its last where each fails at once: after this an event is lost to us.</summary>
    public TimeSpan RetrySpan => Retries.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait);

    /// <summary>From its first try to its last where each runs into the timeout: nothing of it comes later than this.</summary>
    public TimeSpan LongestSpan => RetrySpan + ((Retries.Count + 1) * Timeout);
}

/// <summary>Which answers a sender takes for success. The hub answers 200, which suits all.</summary>
public enum SuccessStatus
{
    /// <summary>Any of 200 to 299.</summary>
    Any2xx,

    /// <summary>Only 200 is documented.</summary>
    Only200,
}
