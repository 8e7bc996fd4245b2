using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Runs.Work;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

/// <summary>
/// The path of an event: receive it while the platform waits, advance its runs step by step, act on each verdict.
/// Read this file first; everything else in this room is a part of it: what an action takes is in <see cref="StepWork"/>.
/// </summary>
public sealed class EventPath(Intake intake, RunParts parts, WorkQueue work, TimeProvider time, ILogger<EventPath> logger)
{
    private readonly IHubStore _store = parts.Store;
    private readonly RunsOptions _options = parts.Options;
    private readonly ItemWork _items = new(parts, new StepWork(parts, work, time, logger), time);
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

            arrivals.Add(EventTrace.Begun(arrival, time.GetElapsedTime(arrived)));
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
            await FinishAsync(row, ((OpenedRun.Unreadable)opened).Error, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        var run = ready.Run;
        // Who lets it go on himself knows that it is late.
        if (run is { IsNotice: false, ReplayedAt: null } && run.Recipe.TooLateAfter is { } limit && time.GetUtcNow() - run.Event.ReceivedAt > limit)
        {
            await EndAsync(run, RunState.Expired, "too late: too_late_after has passed", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (row.Deaths >= PoisonLimits.ParkAfter)
        {
            var error = PoisonLimits.Error(row.Deaths);
            await FinishAsync(row, error, parts.NoticeOf(run, error), cancellationToken).ConfigureAwait(false);
            return;
        }

        using var alone = row.Deaths >= PoisonLimits.AloneAfter ? await work.AloneAsync(cancellationToken).ConfigureAwait(false) : null;
        if (await LetsAsync(run, cancellationToken).ConfigureAwait(false))
        {
            await StepsAsync(run, cancellationToken).ConfigureAwait(false);
        }

        if (run.Line is { } line && await _store.NextInLineAsync(line, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } next)
        {
            work.Offer(new RunHint(next, null));
        }
    }

    // Computed once and stored with the first intent; retries reuse them.
    private async Task<bool> LetsAsync(ActiveRun run, CancellationToken cancellationToken) =>
        run.HasLets || await ComputeAsync(run, run.Recipe.Let, cancellationToken).ConfigureAwait(false);

    private async Task<bool> ComputeAsync(ActiveRun run, IReadOnlyList<LetBinding> bindings, CancellationToken cancellationToken)
    {
        if (run.Recipe.UsesScripts && !await _store.ChangeRunAsync(run.EnterScript(time.GetUtcNow()), cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var failure = await run.ComputeAsync(bindings, parts.Scripts, (_, key, token) => parts.Made.RecallAsync(key, token), cancellationToken).ConfigureAwait(false);
        return failure is null || await _items.Steps.JudgeAsync(run, "let", failure.ToOutcome(), null, cancellationToken).ConfigureAwait(false);
    }

    private async Task StepsAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        while (run.CurrentStep is { } step)
        {
            if (run.HasDone(step) || !run.Wants(step, time.GetUtcNow()))
            {
                run.Skip();
                continue;
            }

            if (!parts.Pauses.IsEmpty && await HoldAsync(run, step, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            var goesOn = step switch
            {
                ActionStep { ForEach: not null } each => await _items.ItemsAsync(run, each, cancellationToken).ConfigureAwait(false),
                ActionStep action => await _items.Steps.StepAsync(run, action, cancellationToken).ConfigureAwait(false),
                LetStep let => await ComputeAsync(run, let.Bindings, cancellationToken).ConfigureAwait(false) && run.Skip(),
                WaitStep wait => await PauseAsync(run, wait, cancellationToken).ConfigureAwait(false),
                StopStep stop => await StopAsync(run, stop, cancellationToken).ConfigureAwait(false),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (!goesOn)
            {
                return;
            }
        }

        if (!run.Ended)
        {
            await EndAsync(run, RunState.Succeeded, run.ClosingNote, cancellationToken).ConfigureAwait(false);
        }
    }

    // Due at once: the store hands it out when the pause is over.
    private async Task<bool> HoldAsync(ActiveRun run, RecipeStep step, CancellationToken cancellationToken)
    {
        var connection = step is ActionStep next ? parts.Target(next)?.Connection.Name : null;
        if (parts.Pauses.Holding(run.Recipe.Id, run.Event.Hook, connection) is null)
        {
            return false;
        }

        await _items.Steps.WaitAsync(run, time.GetUtcNow(), run.StepTries, connection, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> StopAsync(ActiveRun run, StopStep stop, CancellationToken cancellationToken)
    {
        await EndAsync(run, RunState.Succeeded, run.NoteWith(run.ReasonOf(stop)), cancellationToken).ConfigureAwait(false);
        return false;
    }

    // A rehearsal shows what would come after it at once.
    private async Task<bool> PauseAsync(ActiveRun run, WaitStep wait, CancellationToken cancellationToken)
    {
        run.Skip();
        var now = time.GetUtcNow();
        return run.Rehearsal || await _items.Steps.WaitAsync(run, wait.EndFrom(now, run.Recipe.Zone), 0, run.CurrentAction is { } next ? parts.Target(next)?.Connection.Name : null, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> EndAsync(ActiveRun run, RunState state, string note, CancellationToken cancellationToken)
        => _store.ChangeRunAsync(run.Change(state, time.GetUtcNow()) with { Note = note }, cancellationToken);

    private Task<bool> FinishAsync(RunRow row, RunError error, NoticeRun? notice, CancellationToken cancellationToken)
    {
        Log.DeadLettered(logger, row.Id, row.RecipeId, error.Step, error.Code);
        var change = new RunChange(row.Id, row.Epoch, RunState.DeadLettered, row.StepIndex, row.StepTries, time.GetUtcNow()) { Error = error, Notice = notice };
        return _store.ChangeRunAsync(change, cancellationToken);
    }
}
