using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Runs.Work;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

/// <summary>One action of a run: look after a lost attempt, attempt, judge what it came to, write both.</summary>
internal sealed class StepWork(RunParts parts, WorkQueue work, TimeProvider time, ILogger logger)
{
    private readonly IHubStore _store = parts.Store;
    private readonly RunsOptions _options = parts.Options;

    /// <summary>What a step says that has no connection.</summary>
    public static string NoConnection(ActionStep step) => $"No connection for '{step.Connector}' is set up. Add one under Connections in the settings.";

    /// <summary>What a step says whose key lacks a part.</summary>
    public static string KeyIncomplete(ActionStep step, string incomplete) =>
        $"'key' of step '{step.Id}' is not complete: {incomplete}. Half a key would name something else. Give the missing part a '??', or ask for it in the step's 'if'.";

    /// <summary>Looks after a lost attempt, then attempts. True: go on with the next step.</summary>
    public async Task<bool> StepAsync(ActiveRun run, ActionStep step, CancellationToken cancellationToken)
    {
        if (parts.Target(step) is not { } target)
        {
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Rejected, "connection_missing", NoConnection(step)), null, cancellationToken).ConfigureAwait(false);
        }

        if (target.Connection.Problem is { } problem && !RunAttempts.Rehearses(run, target))
        {
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", problem), new Attempting(target, null), cancellationToken).ConfigureAwait(false);
        }

        switch (await parts.Recovery.LookAsync(run, step, target, cancellationToken).ConfigureAwait(false))
        {
            case Recovered.Settled settled:
                return await JudgeAsync(run, step.Id, settled.Outcome, settled.Attempt, cancellationToken).ConfigureAwait(false);
            case Recovered.Wait wait:
                return run.Item is { } waiting ? Later(waiting, wait.At) : await WaitAsync(run, wait.At, run.StepTries, target.Connection.Name, cancellationToken).ConfigureAwait(false);
            case Recovered.Ask ask when run.Item is { } doubtful:
                doubtful.Ask(ask.Question);
                return true;
            case Recovered.Ask ask:
                return await AskAsync(run, step, ask.Question, cancellationToken).ConfigureAwait(false);
            default:
                break;
        }

        return await AttemptAsync(run, step, target, cancellationToken).ConfigureAwait(false);
    }

    // Nothing of this step is under way: what was made before, its turn, then one attempt.
    private async Task<bool> AttemptAsync(ActiveRun run, ActionStep step, Target target, CancellationToken cancellationToken)
    {
        var keyed = run.KeyOf(step);
        if (keyed.Incomplete is { } incomplete)
        {
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Rejected, "key_incomplete", KeyIncomplete(step, incomplete)), null, cancellationToken).ConfigureAwait(false);
        }

        using var turn = await parts.Made.TurnAsync(target, keyed.Key, cancellationToken).ConfigureAwait(false);
        if (await parts.Made.FindAsync(run, target, keyed.Key, cancellationToken).ConfigureAwait(false) is { } made)
        {
            run.Reuse(step, keyed.Key!);
            return await JudgeAsync(run, step.Id, made, null, cancellationToken).ConfigureAwait(false);
        }

        var rendered = await run.RenderAsync(step, parts.Scripts, cancellationToken).ConfigureAwait(false);
        if (rendered.Failure is { } failure)
        {
            return await JudgeAsync(run, step.Id, failure.ToOutcome(), null, cancellationToken).ConfigureAwait(false);
        }

        if (parts.ClosedUntil(run, target, time.GetUtcNow()) is { } opens)
        {
            return run.Item is { } held ? Later(held, opens)
                : await WaitAsync(run, opens, run.StepTries, target.Connection.Name, ActiveRun.WaitsForWindow(step.Id, target.Connection.RetryWindow!, opens), cancellationToken).ConfigureAwait(false);
        }

        using var entry = parts.Calls.Enter(run, target, rendered.Input);
        if (entry.Later is { } later)
        {
            return await WaitAsync(run, later, run.Item is null ? run.StepTries : 0, target.Connection.Name, cancellationToken).ConfigureAwait(false);
        }

        var attempt = await parts.Attempts.BeginAsync(run, step, target, keyed.Key, rendered.Input, cancellationToken).ConfigureAwait(false);
        if (attempt is null)
        {
            return false;
        }

        var outcome = await CallAsync(run, attempt, entry.Seat, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(run, step.Id, outcome, attempt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepOutcome> CallAsync(ActiveRun run, Attempting attempt, Seat? seat, CancellationToken cancellationToken)
    {
        using var span = EventTrace.Attempt(run, attempt);
        var outcome = await parts.Calls.CallAsync(span is null ? attempt : attempt with { Trace = span.Context }, seat, cancellationToken).ConfigureAwait(false);
        span?.Ended(outcome);
        return outcome;
    }

    /// <summary>Acts on an outcome; it and what follows from it are written together. True: go on with the next step.</summary>
    public async Task<bool> JudgeAsync(ActiveRun run, string stepId, StepOutcome outcome, Attempting? attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var facts = parts.Facts(run, stepId, attempt, now);
        var verdict = Verdicts.On(outcome, facts, _options);
        if (run.Item is { } item && verdict is not Verdict.WaitForConnection)
        {
            return await JudgeItemAsync(run, item, verdict, (outcome, attempt), cancellationToken).ConfigureAwait(false);
        }

        switch (verdict)
        {
            case Verdict.NextStep:
                run.Complete(stepId, outcome);
                return await WriteAsync(run, attempt, outcome, run.AfterStep(now, _options.Lease), cancellationToken).ConfigureAwait(false) && !run.Ended;

            case Verdict.RetryAt retry:
                var waiting = run.Change(RunState.Waiting, now) with { StepTries = retry.UsedTries, DueAt = retry.At, NextConnection = attempt?.Connection.Name, Error = Told(run, stepId, outcome, attempt, retry) };
                if (await WriteAsync(run, attempt, outcome, waiting, cancellationToken).ConfigureAwait(false))
                {
                    work.OfferAt(run.Id, retry.At);
                }

                return false;

            case Verdict.WaitForConnection:
                var failed = (StepOutcome.Failed)outcome;
                var blocked = run.Change(RunState.Blocked, now) with { NextConnection = attempt!.Connection.Name, Error = new RunError(stepId, failed.Code, failed.Message) };
                await _store.BlockConnectionAsync(new ConnectionBlock(attempt.Connection.Name, attempt.CredentialVersion, failed.Code, failed.Message, now), cancellationToken).ConfigureAwait(false);
                Log.ConnectionBlocked(logger, attempt.Connection.Name, failed.Code);
                await WriteAsync(run, attempt, outcome, blocked, cancellationToken).ConfigureAwait(false);
                return false;

            case Verdict.DeadLetter dead:
                var parked = run.Change(RunState.DeadLettered, now) with { Error = dead.Error, Notice = parts.NoticeOf(run, dead.Error) };
                Log.DeadLettered(logger, run.Id, run.Recipe.Id, dead.Error.Step, dead.Error.Code);
                await WriteAsync(run, attempt, outcome, parked, cancellationToken).ConfigureAwait(false);
                return false;

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // What comes of one item holds up none of the others. True: go on with the next.
    private async Task<bool> JudgeItemAsync(ActiveRun run, Item item, Verdict verdict, (StepOutcome Outcome, Attempting? Attempt) done, CancellationToken cancellationToken)
    {
        switch (verdict)
        {
            case Verdict.NextStep:
                run.CompleteItem(done.Outcome);
                break;
            case Verdict.RetryAt retry:
                item.RetryAt(retry.At, retry.UsedTries);
                break;
            case Verdict.DeadLetter dead:
                item.Fail(dead.Error);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        // Without an attempt nothing has happened that would have to be written down.
        var now = time.GetUtcNow();
        return done.Attempt?.Number is null
            || await WriteAsync(run, done.Attempt, done.Outcome, run.Change(RunState.Running, now) with { LeaseUntil = now + _options.Lease }, cancellationToken).ConfigureAwait(false);
    }

    private static bool Later(Item item, DateTimeOffset at)
    {
        item.RetryAt(at, item.Tries);
        return true;
    }

    private async Task<bool> WriteAsync(ActiveRun run, Attempting? attempt, StepOutcome outcome, RunChange change, CancellationToken cancellationToken)
    {
        var ours = attempt?.Number is { } number
            ? await _store.EndAttemptAsync(AttemptRecords.Result(run.Id, number, outcome, time.GetUtcNow(), attempt.Found) with { Made = parts.Made.Of(run, attempt, outcome) }, change, cancellationToken).ConfigureAwait(false)
            : await _store.ChangeRunAsync(change, cancellationToken).ConfigureAwait(false);
        if (!ours)
        {
            Log.LeaseLost(logger, run.Id, change.Epoch);
        }
        else if (attempt?.Number is not null)
        {
            RunInstruments.Attempted(attempt.Connection.Name, outcome);
            Log.AttemptFinished(logger, run.Id, attempt.StepId, attempt.Connection.Name, attempt.Number.Value, AttemptRecords.Word(outcome));
        }

        return ours;
    }

    private static RunError? Told(ActiveRun run, string stepId, StepOutcome outcome, Attempting? attempt, Verdict.RetryAt retry) =>
        retry.ForWindow && attempt is { Connection.RetryWindow: { } window } ? ActiveRun.WaitsForWindow(stepId, window, retry.At)
        : Untold(stepId, outcome, attempt) ?? (outcome is StepOutcome.Failed failed ? run.AfterWindow(failed.Code, failed.Message) : null);

    // An attempt tells by itself why the run waits; a value that could not be made has none.
    private static RunError? Untold(string stepId, StepOutcome outcome, Attempting? attempt)
        => attempt is null && outcome is StepOutcome.Failed failed ? new RunError(stepId, failed.Code, failed.Message) : null;

    /// <summary>The run waits. Always false.</summary>
    public Task<bool> WaitAsync(ActiveRun run, DateTimeOffset at, int tries, string? connection, CancellationToken cancellationToken) =>
        WaitAsync(run, at, tries, connection, run.AfterWindow("turn", "waits for its turn"), cancellationToken);

    private async Task<bool> WaitAsync(ActiveRun run, DateTimeOffset at, int tries, string? connection, RunError? why, CancellationToken cancellationToken)
    {
        var change = run.Change(RunState.Waiting, time.GetUtcNow()) with { StepTries = tries, DueAt = at, NextConnection = connection, Error = why };
        if (await _store.ChangeRunAsync(change, cancellationToken).ConfigureAwait(false))
        {
            work.OfferAt(run.Id, at);
        }

        return false;
    }

    /// <summary>A person decides. Always false.</summary>
    public async Task<bool> AskAsync(ActiveRun run, ActionStep step, string question, CancellationToken cancellationToken)
    {
        var change = run.Change(RunState.Asking, time.GetUtcNow()) with { Error = new RunError(step.Id, AttemptRecords.InDoubt, question) };
        Log.Asking(logger, run.Id, run.Recipe.Id, step.Id);
        await _store.ChangeRunAsync(change, cancellationToken).ConfigureAwait(false);
        return false;
    }
}
