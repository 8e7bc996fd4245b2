using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

/// <summary>
/// The path of an event: receive it while the platform waits, advance its runs step by step, act on each verdict.
/// Read this file first; everything else in this room is a part of it.
/// </summary>
public sealed class EventPath(Intake intake, RunParts parts, WorkQueue work, TimeProvider time, ILogger<EventPath> logger)
{
    private readonly IHubStore _store = parts.Store;
    private readonly RunsOptions _options = parts.Options;
    private readonly TimelyAccept _accept = new(parts.Store, work, time, logger);

    // ------------------------------------------------------------------ receive

    /// <summary>Verifies, matches and stores one delivery in one transaction. Only a durable delivery is <see cref="ReceiveAnswer.Accepted"/>.</summary>
    /// <param name="arrived">When its first byte came, as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
    public async Task<ReceiveAnswer> ReceiveAsync(Hook hook, WebhookRequest request, long arrived, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secrets = new WebhookSecrets(hook.Connection.Secrets, hook.Connection.Settings);
        return hook.Source.Read(request, secrets, now) switch
        {
            WebhookReading.Events events => await AcceptAsync(hook, request, events.Items, arrived, cancellationToken).ConfigureAwait(false),
            WebhookReading.Handshake handshake => new ReceiveAnswer.Handshake(handshake.Status, handshake.ContentType, handshake.Body),
            WebhookReading.Refused { Why: Refusal.NotJson } refused => new ReceiveAnswer.NotJson(refused.Detail),
            WebhookReading.Refused refused => new ReceiveAnswer.NotVerified(refused.Why, refused.Detail),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<ReceiveAnswer> AcceptAsync(Hook hook, WebhookRequest request, IReadOnlyList<ReadEvent> events, long arrived, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var arrivals = new List<Arrival>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            if (!intake.TryPrepare(hook, request, events[i], i, now, out var arrival, out var problem))
            {
                return new ReceiveAnswer.NotJson(problem);
            }

            arrivals.Add(arrival);
        }

        var left = AnswerTime.Of(hook.Source.Contract.Timeout, _options.AcceptDeadline, time.GetElapsedTime(arrived));
        var delivery = new Delivery(hook.Connection.Name, hook.Event, now, arrivals.ConvertAll(a => a.Event));
        return await _accept.StoreAsync(delivery, arrivals, left, cancellationToken).ConfigureAwait(false);
    }

    // ------------------------------------------------------------------ advance

    /// <summary>Takes one run and carries it as far as it goes now. Never throws for what recipes, targets or the store do.</summary>
    public async Task AdvanceAsync(RunHint hint, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            var claim = new RunClaim(hint.RunId, parts.Owner, now, now + _options.Lease);
            var row = await _store.ClaimAsync(claim, cancellationToken).ConfigureAwait(false);
            if (row is not null)
            {
                await AdvanceAsync(row, hint.Event, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException exception)
        {
            // The lease runs out or the store comes back; the sweep finds the run again.
            Log.StoreUnavailable(logger, exception);
        }
    }

    private async Task AdvanceAsync(RunRow row, KnownEvent? known, CancellationToken cancellationToken)
    {
        var opened = await parts.OpenAsync(row, known, cancellationToken).ConfigureAwait(false);
        if (opened is not OpenedRun.Ready ready)
        {
            await FinishAsync(row, ((OpenedRun.Unreadable)opened).Error, cancellationToken).ConfigureAwait(false);
            return;
        }

        var run = ready.Run;
        if (run.Recipe.TooLateAfter is { } limit && time.GetUtcNow() - run.Event.ReceivedAt > limit)
        {
            await EndAsync(run, RunState.Expired, "too late: too_late_after has passed", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (row.Deaths >= PoisonLimits.ParkAfter)
        {
            await FinishAsync(row, PoisonLimits.Error(row.Deaths), cancellationToken).ConfigureAwait(false);
            return;
        }

        using var alone = row.Deaths >= PoisonLimits.AloneAfter ? await work.AloneAsync(cancellationToken).ConfigureAwait(false) : null;
        if (await LetsAsync(run, cancellationToken).ConfigureAwait(false))
        {
            await StepsAsync(run, cancellationToken).ConfigureAwait(false);
        }
    }

    // Computed once and stored with the first intent; retries reuse them.
    private async Task<bool> LetsAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.HasLets)
        {
            return true;
        }

        if (run.Recipe.UsesScripts && !await _store.ChangeRunAsync(run.EnterScript(time.GetUtcNow()), cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var failure = await run.ComputeLetsAsync(parts.Scripts, (_, key, token) => parts.Made.RecallAsync(key, token), cancellationToken).ConfigureAwait(false);
        return failure is null || await JudgeAsync(run, "let", failure.ToOutcome(), null, cancellationToken).ConfigureAwait(false);
    }

    private async Task StepsAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        while (run.CurrentStep is { } step)
        {
            if (!run.Wants(step, time.GetUtcNow()))
            {
                run.Skip();
                continue;
            }

            if (!await StepAsync(run, step, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        if (!run.Ended)
        {
            await EndAsync(run, RunState.Succeeded, run.ClosingNote, cancellationToken).ConfigureAwait(false);
        }
    }

    // One step: look after a lost attempt, then attempt. True: go on with the next step.
    private async Task<bool> StepAsync(ActiveRun run, ActionStep step, CancellationToken cancellationToken)
    {
        if (parts.Target(step) is not { } target)
        {
            var missing = $"No connection for '{step.Connector}' is set up. Add one under Connections in the settings.";
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Rejected, "connection_missing", missing), null, cancellationToken).ConfigureAwait(false);
        }

        if (target.Connection.Problem is { } problem)
        {
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", problem), new Attempting(target, null), cancellationToken).ConfigureAwait(false);
        }

        switch (await parts.Recovery.LookAsync(run, step, target, cancellationToken).ConfigureAwait(false))
        {
            case Recovered.Settled settled:
                return await JudgeAsync(run, step.Id, settled.Outcome, settled.Attempt, cancellationToken).ConfigureAwait(false);
            case Recovered.Wait wait:
                return await WaitAsync(run, wait.At, run.StepTries, target.Connection.Name, cancellationToken).ConfigureAwait(false);
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
            var message = $"'key' of step '{step.Id}' is not complete: {incomplete}. Half a key would name something else. Give the missing part a '??', or ask for it in the step's 'if'.";
            return await JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Rejected, "key_incomplete", message), null, cancellationToken).ConfigureAwait(false);
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

        using var entry = parts.Calls.Enter(run, target, rendered.Input);
        if (entry.Later is { } later)
        {
            return await WaitAsync(run, later, run.StepTries, target.Connection.Name, cancellationToken).ConfigureAwait(false);
        }

        var attempt = await parts.Attempts.BeginAsync(run, step, target, keyed.Key, rendered.Input, cancellationToken).ConfigureAwait(false);
        if (attempt is null)
        {
            return false;
        }

        var outcome = await parts.Calls.CallAsync(attempt, entry.Seat, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(run, step.Id, outcome, attempt, cancellationToken).ConfigureAwait(false);
    }

    // ------------------------------------------------------------------ verdict

    // Outcome and what follows from it are written together. True: go on with the next step.
    private async Task<bool> JudgeAsync(ActiveRun run, string stepId, StepOutcome outcome, Attempting? attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var facts = parts.Facts(run, stepId, attempt, now);
        switch (Verdicts.On(outcome, facts, _options))
        {
            case Verdict.NextStep:
                run.Complete(stepId, outcome);
                return await WriteAsync(run, attempt, outcome, run.AfterStep(now, _options.Lease), cancellationToken).ConfigureAwait(false) && !run.Ended;

            case Verdict.RetryAt retry:
                var waiting = run.Change(RunState.Waiting, now) with { StepTries = retry.UsedTries, DueAt = retry.At, NextConnection = attempt?.Connection.Name };
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
                var parked = run.Change(RunState.DeadLettered, now) with { Error = dead.Error };
                Log.DeadLettered(logger, run.Id, run.Recipe.Id, dead.Error.Step, dead.Error.Code);
                await WriteAsync(run, attempt, outcome, parked, cancellationToken).ConfigureAwait(false);
                return false;

            default:
                throw new System.Diagnostics.UnreachableException();
        }
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
            Log.AttemptFinished(logger, run.Id, attempt.StepId, attempt.Connection.Name, attempt.Number.Value, AttemptRecords.Word(outcome));
        }

        return ours;
    }

    private async Task<bool> WaitAsync(ActiveRun run, DateTimeOffset at, int tries, string connection, CancellationToken cancellationToken)
    {
        var change = run.Change(RunState.Waiting, time.GetUtcNow()) with { StepTries = tries, DueAt = at, NextConnection = connection };
        if (await _store.ChangeRunAsync(change, cancellationToken).ConfigureAwait(false))
        {
            work.OfferAt(run.Id, at);
        }

        return false;
    }

    private async Task<bool> AskAsync(ActiveRun run, ActionStep step, string question, CancellationToken cancellationToken)
    {
        var change = run.Change(RunState.Asking, time.GetUtcNow()) with { Error = new RunError(step.Id, "unconfirmed", question) };
        Log.Asking(logger, run.Id, run.Recipe.Id, step.Id);
        await _store.ChangeRunAsync(change, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private Task<bool> EndAsync(ActiveRun run, RunState state, string note, CancellationToken cancellationToken)
        => _store.ChangeRunAsync(run.Change(state, time.GetUtcNow()) with { Note = note }, cancellationToken);

    private Task<bool> FinishAsync(RunRow row, RunError error, CancellationToken cancellationToken)
    {
        Log.DeadLettered(logger, row.Id, row.RecipeId, error.Step, error.Code);
        var change = new RunChange(row.Id, row.Epoch, RunState.DeadLettered, row.StepIndex, row.StepTries, time.GetUtcNow()) { Error = error };
        return _store.ChangeRunAsync(change, cancellationToken);
    }
}
