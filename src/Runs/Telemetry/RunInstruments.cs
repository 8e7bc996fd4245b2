using System.Diagnostics.Metrics;
using ConnectorHub.Abstractions;
using ConnectorHub.Scripting;

namespace ConnectorHub.Runs.Telemetry;

/// <summary>What is counted and timed of runs. Labels are names of the settings and fixed words, so their number is bounded.</summary>
internal static class RunInstruments
{
    private static readonly Meter Meter = new("ConnectorHub.Runs");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "connectorhub.attempts", "{attempt}", "Attempts whose outcome is stored, by connection and outcome.");

    private static readonly Histogram<double> Calls = Meter.CreateHistogram<double>(
        "connectorhub.call.duration",
        "s",
        "How long one call to a target took, with all its requests, by connection.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private static readonly Counter<long> Scripts = Meter.CreateCounter<long>(
        "connectorhub.script.calls", "{call}", "Scripts that were evaluated, by outcome: over_budget are overruns, host_died are deaths.");

    private static readonly Counter<long> Firings = Meter.CreateCounter<long>(
        "connectorhub.schedule.firings", "{firing}", "Moments of schedules that became events, by recipe.");

    public static void Attempted(string connection, StepOutcome outcome)
        => Attempts.Add(1, new("connection", connection), new("outcome", Word(outcome)));

    public static void Called(string connection, TimeSpan elapsed)
        => Calls.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("connection", connection));

    public static void Scripted(ScriptAnswer answer) => Scripts.Add(1, new KeyValuePair<string, object?>("outcome", Word(answer)));

    public static void Fired(string recipe) => Firings.Add(1, new KeyValuePair<string, object?>("recipe", recipe));

    /// <summary>One of seven words; a platform's own code may be anything.</summary>
    public static string Word(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Done => "done",
        StepOutcome.Rehearsed => "rehearsed",
        StepOutcome.Failed { Kind: FailureKind.Transient } => "transient",
        StepOutcome.Failed { Kind: FailureKind.RateLimited } => "rate_limited",
        StepOutcome.Failed { Kind: FailureKind.Unauthorized } => "unauthorized",
        StepOutcome.Failed { Kind: FailureKind.Rejected } => "rejected",
        StepOutcome.Failed { Kind: FailureKind.Unconfirmed } => "unconfirmed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Word(ScriptAnswer answer) => answer switch
    {
        ScriptAnswer.Returned => "returned",
        ScriptAnswer.SyntaxError => "syntax_error",
        ScriptAnswer.Threw => "threw",
        ScriptAnswer.NotJson => "not_json",
        ScriptAnswer.OverBudget => "over_budget",
        ScriptAnswer.HostDied => "host_died",
        _ => "other",
    };
}
