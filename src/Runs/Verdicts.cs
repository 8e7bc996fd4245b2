using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What the hub does next. Closed.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The step is done; go on with the next one.</summary>
    public sealed record NextStep : Verdict;

    /// <summary>The same step again at that time.</summary>
    public sealed record RetryAt(DateTimeOffset At, int UsedTries) : Verdict
    {
        /// <summary>True where its turn came earlier, but outside the connection's retry window.</summary>
        public bool ForWindow { get; init; }
    }

    /// <summary>Wait until the connection has credentials that work.</summary>
    public sealed record WaitForConnection : Verdict;

    /// <summary>A person decides whether it happened.</summary>
    public sealed record Ask(string Question) : Verdict;

    /// <summary>The run waits for a person.</summary>
    public sealed record DeadLetter(RunError Error) : Verdict;
}

/// <summary>What is known when a verdict is due.</summary>
/// <param name="UsedTries">Tries used before this attempt.</param>
/// <param name="Deadline">The attempt's deadline.</param>
/// <param name="Chance">0 up to 1, for the spread of waits.</param>
public sealed record AttemptFacts(
    string StepId,
    int UsedTries,
    IReadOnlyList<TimeSpan> Schedule,
    DateTimeOffset Now,
    DateTimeOffset Deadline,
    DateTimeOffset RunCreatedAt,
    bool CredentialsChanged,
    bool ContinueOnError,
    double Chance)
{
    /// <summary>The first moment at or after one at which the connection's retry window is open; null where it has none.</summary>
    public Func<DateTimeOffset, DateTimeOffset>? NextOpen { get; init; }
}

/// <summary>Outcome in, verdict out. The only place that decides.</summary>
public static class Verdicts
{
    /// <summary>The verdict on an outcome.</summary>
    public static Verdict On(StepOutcome outcome, AttemptFacts facts, RunsOptions options) => outcome switch
    {
        StepOutcome.Done or StepOutcome.Rehearsed => new Verdict.NextStep(),
        StepOutcome.Failed failed => On(failed, facts, options),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Verdict On(StepOutcome.Failed failed, AttemptFacts facts, RunsOptions options) => failed.Kind switch
    {
        FailureKind.Unauthorized when facts.CredentialsChanged => Later(failed, facts, options, facts.Now, facts.UsedTries),
        FailureKind.Unauthorized => new Verdict.WaitForConnection(),
        FailureKind.RateLimited => Later(failed, facts, options, facts.Now + RetrySchedule.Asked(failed.RetryAfter), facts.UsedTries),
        FailureKind.Rejected => GiveUp(failed, facts),
        FailureKind.Transient => Retry(failed, facts, options, facts.Now),
        // What was under way lands by then; until it is looked for, nothing is sent again.
        FailureKind.Unconfirmed => Later(failed, facts, options, Latest(facts.Now, facts.Deadline) + options.Settle, facts.UsedTries + 1),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Verdict Retry(StepOutcome.Failed failed, AttemptFacts facts, RunsOptions options, DateTimeOffset from)
    {
        var used = facts.UsedTries + 1;
        var wait = RetrySchedule.WaitAfter(facts.Schedule, used, facts.Chance);
        if (wait is null)
        {
            return GiveUp(failed, facts);
        }

        var asked = failed.RetryAfter is null ? TimeSpan.Zero : RetrySchedule.Asked(failed.RetryAfter);
        var at = from + (asked > wait.Value ? asked : wait.Value);
        var opens = facts.NextOpen?.Invoke(at) ?? at;
        return Later(failed, facts, options, opens, used) is Verdict.RetryAt retry ? retry with { ForWindow = opens > at } : GiveUp(failed, facts);
    }

    private static Verdict Later(StepOutcome.Failed failed, AttemptFacts facts, RunsOptions options, DateTimeOffset at, int usedTries)
        => at - facts.RunCreatedAt > options.GiveUpAfter ? GiveUp(failed, facts) : new Verdict.RetryAt(at, usedTries);

    private static Verdict GiveUp(StepOutcome.Failed failed, AttemptFacts facts)
        => facts.ContinueOnError
            ? new Verdict.NextStep()
            : new Verdict.DeadLetter(new RunError(facts.StepId, failed.Code, failed.Message));

    private static DateTimeOffset Latest(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
