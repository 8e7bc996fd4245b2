using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;

namespace ConnectorHub.Runs;

/// <summary>What became of a lost attempt. Closed.</summary>
internal abstract record Recovered
{
    private Recovered()
    {
    }

    /// <summary>Nothing is open: make the next attempt.</summary>
    public sealed record Free : Recovered;

    /// <summary>The lost attempt is settled with this outcome.</summary>
    public sealed record Settled(StepOutcome Outcome, Attempting Attempt) : Recovered;

    /// <summary>Too early to look, or the target could not be asked now.</summary>
    public sealed record Wait(DateTimeOffset At) : Recovered;

    /// <summary>A person decides.</summary>
    public sealed record Ask(string Question) : Recovered;
}

/// <summary>
/// Looks after attempts without an outcome: those whose process died and those whose answer was lost. Nothing is sent again before it is
/// known, or harmless.
/// </summary>
internal sealed class Recovery(IHubStore store, RunAttempts attempts, RunsOptions options, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<Recovered> LookAsync(ActiveRun run, ActionStep step, Target target, CancellationToken cancellationToken)
    {
        if (run.Attempts == 0)
        {
            return new Recovered.Free();
        }

        var open = run.Item?.OpenAttempts ?? await OpenAttemptsAsync(run.Id, step.Id, cancellationToken).ConfigureAwait(false);
        if (open.Count == 0)
        {
            return new Recovered.Free();
        }

        var now = time.GetUtcNow();
        var last = open[^1];
        var lost = Restore(open, target);
        if (last.Rehearsal || target.Action.Repeat is Repeat.Reads or Repeat.Safe or Repeat.Keyed)
        {
            return await FreeAfterAsync(run, lost, "sending it again is harmless", cancellationToken).ConfigureAwait(false);
        }

        var settled = last.Deadline + options.Settle;
        return now < settled ? new Recovered.Wait(settled) : await ProbeAsync(run, step, lost, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Recovered> ProbeAsync(ActiveRun run, ActionStep step, Attempting lost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var span = EventTrace.Look(run, lost);
        var (probe, context) = await attempts.FindAsync(lost, cancellationToken).ConfigureAwait(false);
        switch (probe)
        {
            case Probe.Found found:
                return new Recovered.Settled(new StepOutcome.Done(found.Output), lost with { Found = true });
            case Probe.Absent:
                return await FreeAfterAsync(run, lost, "looked for it: it is not there", cancellationToken).ConfigureAwait(false);
            case Probe.Unknown when context.Hindrance is (FailureKind.Transient or FailureKind.RateLimited) && now - run.CountsFrom < options.GiveUpAfter + run.Recipe.Waits:
                return new Recovered.Wait(now + LookAgain);
            case Probe.Unknown unknown when step.Repeat == RepeatChoice.Again:
                return await FreeAfterAsync(run, lost, $"{unknown.Reason} The recipe says 'repeat: again'.", cancellationToken).ConfigureAwait(false);
            case Probe.Unknown unknown:
                return new Recovered.Ask($"It is not known whether step '{step.Id}' happened at {lost.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. {unknown.Reason}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Closes the lost attempt so that it is looked after once; the run goes on in the same claim.
    private async Task<Recovered> FreeAfterAsync(ActiveRun run, Attempting lost, string why, CancellationToken cancellationToken)
    {
        var schedule = run.CurrentAction?.Retry ?? run.Recipe.Retry ?? options.Retry;
        if (run.StepTries > schedule.Count)
        {
            return new Recovered.Settled(StepOutcome.Fail(FailureKind.Rejected, "unconfirmed", $"No answer came back {run.StepTries} times; {why}"), lost);
        }

        var now = time.GetUtcNow();
        var result = new AttemptResult(run.Id, lost.Number!.Value, AttemptState.Failed, now, nameof(FailureKind.Unconfirmed), "resolved", why, default, default);
        var change = run.Change(RunState.Running, now) with { LeaseUntil = now + options.Lease };
        return await store.EndAttemptAsync(result, change, cancellationToken).ConfigureAwait(false)
            ? new Recovered.Free()
            : new Recovered.Wait(now + LookAgain);
    }

    /// <summary>Whether a step has an attempt that is not known to have ended.</summary>
    public async Task<bool> HasOpenAsync(string runId, string stepId, CancellationToken cancellationToken) =>
        (await OpenAttemptsAsync(runId, stepId, cancellationToken).ConfigureAwait(false)).Count > 0;

    private async Task<List<AttemptRow>> OpenAttemptsAsync(string runId, string stepId, CancellationToken cancellationToken)
    {
        var open = new List<AttemptRow>();
        foreach (var attempt in await store.AttemptsAsync(runId, cancellationToken).ConfigureAwait(false))
        {
            if (attempt.StepId == stepId && attempt.State is (AttemptState.Started or AttemptState.Unconfirmed))
            {
                open.Add(attempt);
            }
        }

        return open;
    }

    // The probe looks back to the first attempt that may have had the effect.
    private static Attempting Restore(List<AttemptRow> open, Target target)
    {
        var last = open[^1];
        using var input = JsonDocument.Parse(last.Input);
        return new Attempting(target, last.Number)
        {
            StepId = last.StepId,
            Input = input.RootElement.Clone(),
            EffectKey = last.EffectKey,
            Rehearsal = false,
            StartedAt = open[0].StartedAt,
            Deadline = last.Deadline,
        };
    }
}
