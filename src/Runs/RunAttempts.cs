using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;

namespace ConnectorHub.Runs;

/// <summary>One try at one step: intent, call. The outcome is written by <see cref="EventPath"/> together with what follows from it.</summary>
internal sealed class RunAttempts(IHubStore store, Outside outside, RunsOptions options)
{
    // Between the end of a call and the end of its lease there is time to write the outcome.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>Whether an attempt would send nothing that writes.</summary>
    public static bool Rehearses(ActiveRun run, Target target) => run.Rehearsal || target.Connection.Mode == ConnectionMode.Rehearse;

    /// <summary>Writes the intent; null where the run is no longer ours.</summary>
    public async Task<Attempting?> BeginAsync(ActiveRun run, ActionStep step, Target target, string? key, JsonElement input, CancellationToken cancellationToken)
    {
        var now = outside.Time.GetUtcNow();
        var deadline = now + (step.Timeout ?? options.CallTimeout);
        var lets = run.UnstoredLets;
        var attempt = new Attempting(target, run.NextAttempt())
        {
            StepId = step.Id,
            Input = input,
            EffectKey = KeyOf(run, step, target, key),
            Rehearsal = Rehearses(run, target),
            StartedAt = now,
            Deadline = deadline,
        };
        var intent = new AttemptIntent(
            run.Id,
            run.Epoch,
            attempt.Number!.Value,
            step.Id,
            $"{step.Connector}.{step.Action}",
            target.Connection.Name,
            attempt.CredentialVersion,
            attempt.EffectKey,
            attempt.Rehearsal,
            now,
            deadline,
            deadline + Margin,
            Encoding.UTF8.GetBytes(input.GetRawText()),
            lets)
        {
            Item = run.Item?.Key ?? string.Empty,
        };
        return await store.BeginAttemptAsync(intent, cancellationToken).ConfigureAwait(false) ? attempt : null;
    }

    /// <summary>Shows what an attempt would send. Nothing is written down.</summary>
    public Task<StepOutcome> RehearseAsync(ActiveRun run, ActionStep step, Target target, string? key, JsonElement input, CancellationToken cancellationToken)
    {
        var now = outside.Time.GetUtcNow();
        var pretended = new Attempting(target, null)
        {
            StepId = step.Id,
            Input = input,
            EffectKey = KeyOf(run, step, target, key),
            Rehearsal = true,
            StartedAt = now,
            Deadline = now + (step.Timeout ?? options.CallTimeout),
        };
        return CallAsync(pretended, cancellationToken);
    }

    /// <summary>Makes the call. A connector that throws is a fault of ours: what it may have sent is unconfirmed.</summary>
    public async Task<StepOutcome> CallAsync(Attempting attempt, CancellationToken cancellationToken)
    {
        if (IsLate(attempt))
        {
            return Late;
        }

        var context = Context(attempt, attempt.StartedAt, attempt.Deadline);
        var began = outside.Time.GetTimestamp();
        try
        {
            return await attempt.Target.Action.ExecuteAsync(attempt.Input, context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Fault(context, exception);
        }
        finally
        {
            RunInstruments.Called(attempt.Connection.Name, outside.Time.GetElapsedTime(began));
        }
    }

    /// <summary>Makes one call for several attempts at the same place; one outcome for each. It ends by the earliest of their deadlines.</summary>
    public async Task<IReadOnlyList<StepOutcome>> CallManyAsync(IBatchAction action, IReadOnlyList<Attempting> attempts)
    {
        var outcomes = Enumerable.Repeat(Late, attempts.Count).ToArray();
        var going = Enumerable.Range(0, attempts.Count).Where(i => !IsLate(attempts[i])).ToList();
        if (going.Count == 0)
        {
            return outcomes;
        }

        var first = attempts[going[0]];
        var context = Context(first, first.StartedAt, going.Min(i => attempts[i].Deadline));
        IReadOnlyList<StepOutcome> told;
        using var span = EventTrace.Shared([.. going.Select(i => attempts[i])]);
        var began = outside.Time.GetTimestamp();
        try
        {
            told = await action.ExecuteManyAsync([.. going.Select(i => new BatchItem(attempts[i].Input, attempts[i].EffectKey))], context, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            told = [.. going.Select(_ => Fault(context, exception))];
        }

        RunInstruments.Called(first.Connection.Name, outside.Time.GetElapsedTime(began));

        for (var i = 0; i < going.Count; i++)
        {
            outcomes[going[i]] = i < told.Count ? told[i] : Fault(context, new InvalidOperationException("It told fewer outcomes than it had attempts."));
        }

        return outcomes;
    }

    /// <summary>Looks for the effect of a lost attempt. The context says whether the looking itself failed.</summary>
    public async Task<(Probe Probe, AttemptContext Context)> FindAsync(Attempting lost, CancellationToken cancellationToken)
    {
        var context = Context(lost, lost.StartedAt, outside.Time.GetUtcNow() + options.CallTimeout);
        try
        {
            return (await lost.Target.Action.FindAsync(lost.Input, context, cancellationToken).ConfigureAwait(false), context);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            return (new Probe.Unknown($"Looking for it failed by a fault of ours ({exception.GetType().Name})."), context);
        }
    }

    private static string KeyOf(ActiveRun run, ActionStep step, Target target, string? key) =>
        key is not null ? EffectKey.ForKey(target.Connection.Name, MadeThings.KindOf(target), key, run.EffectGeneration)
        : EffectKey.For(target.Connection.Name, run.Event.Key, run.Recipe.Id, step.Id, run.Item?.Key ?? string.Empty, run.EffectGeneration);

    private static StepOutcome Late { get; } =
        StepOutcome.Fail(FailureKind.Transient, "late", "The store took so long to write the intent that the deadline had passed; nothing was sent.");

    private bool IsLate(Attempting attempt) => outside.Time.GetUtcNow() >= attempt.Deadline;

    private static StepOutcome Fault(AttemptContext context, Exception exception) => context.MayHaveWritten
        ? StepOutcome.Fail(FailureKind.Unconfirmed, "connector_fault", $"The connector failed by a fault of ours ({exception.GetType().Name}) after it had sent something.")
        : StepOutcome.Fail(FailureKind.Rejected, "connector_fault", $"The connector failed by a fault of ours ({exception.GetType().Name}); nothing was sent.");

    private AttemptContext Context(Attempting attempt, DateTimeOffset startedAt, DateTimeOffset deadline)
        => new(outside, new Errand(attempt.Connection, attempt.Target.Manifest, attempt.EffectKey, attempt.Rehearsal), startedAt, deadline);
}
