using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>
/// A step with a <c>for_each</c>: its items one after the other, each with its own attempts, tries and effect key. What one of them waits for
/// holds up none of the others; the step is done when all are.
/// </summary>
internal sealed class ItemWork(RunParts parts, StepWork steps, TimeProvider time)
{
    /// <summary>What does a single action.</summary>
    public StepWork Steps => steps;

    /// <summary>One pass over the items. True: go on with the next step.</summary>
    public async Task<bool> ItemsAsync(ActiveRun run, ActionStep step, CancellationToken cancellationToken)
    {
        var opened = run.OpenItems(step);
        if (opened.Items is not { } items)
        {
            return await steps.JudgeAsync(run, step.Id, StepOutcome.Fail(FailureKind.Rejected, "for_each_list", opened.Problem!), null, cancellationToken).ConfigureAwait(false);
        }

        if (run.Attempts > 0)
        {
            var attempts = await parts.Store.AttemptsAsync(run.Id, cancellationToken).ConfigureAwait(false);
            items.Restore(step.Id, Counting(attempts, run.ReplayedAt), step.Retry ?? run.Recipe.Retry ?? parts.Options.Retry);
        }

        foreach (var item in items.Open.Where(item => item.DueAt is not { } due || due <= time.GetUtcNow()).ToList())
        {
            run.Enter(item);
            if (!run.Wants(step, time.GetUtcNow()))
            {
                item.PassOver();
            }
            else if (!await steps.StepAsync(run, step, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        run.Enter(null);
        return await EndAsync(run, step, items, cancellationToken).ConfigureAwait(false);
    }

    // What failed before a person let it go on is tried as if for the first time.
    private static IReadOnlyList<AttemptRow> Counting(IReadOnlyList<AttemptRow> attempts, DateTimeOffset? from) =>
        from is { } since ? [.. attempts.Where(attempt => attempt.State != AttemptState.Failed || attempt.EndedAt > since)] : attempts;

    private async Task<bool> EndAsync(ActiveRun run, ActionStep step, ItemList items, CancellationToken cancellationToken)
    {
        // What can still happen by itself comes before what needs a person.
        var waiting = items.Open.Where(item => item.Question is null).ToList();
        if (waiting.Count > 0)
        {
            var now = time.GetUtcNow();
            return await steps.WaitAsync(run, waiting.Min(item => item.DueAt ?? now), 0, parts.Target(step)?.Connection.Name, cancellationToken).ConfigureAwait(false);
        }

        var asking = items.Open.ToList();
        if (asking.Count > 0)
        {
            var question = $"{asking.Count} of {items.All.Count} items are in doubt. The first is item {asking[0].Index + 1}: {asking[0].Question}";
            return await steps.AskAsync(run, step, question, cancellationToken).ConfigureAwait(false);
        }

        var outcome = items.Failure(step.Id) is { } failure && !step.ContinueOnError
            ? StepOutcome.Fail(FailureKind.Rejected, failure.Code, failure.Message)
            : new StepOutcome.Done(items.Output().ToElement());
        return await steps.JudgeAsync(run, step.Id, outcome, null, cancellationToken).ConfigureAwait(false);
    }
}
