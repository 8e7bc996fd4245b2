using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What the next step of a waiting run would send.</summary>
/// <param name="Step">Null where the run cannot be read.</param>
/// <param name="Request">Null where nothing would be sent as things are; <paramref name="Note"/> says why.</param>
/// <param name="Note">What is to be known about it; may be empty.</param>
public sealed record WaitingStep(string RunId, string Recipe, RunState State, DateTimeOffset? DueAt, string? Step, RecordedRequest? Request, string Note);

/// <summary>
/// Shows what the runs that wait for a connection would send, by the way a rehearsal takes. No run is claimed or changed, and nothing that writes is
/// sent; what an action reads first, such as the header of a sheet, it reads.
/// </summary>
public sealed class WaitingRehearsal(RunParts parts, Outside outside)
{
    /// <summary>So many runs are shown, those that are due first before the others.</summary>
    public const int Most = 20;

    /// <summary>The waiting runs of a connection; null where there is none of that name.</summary>
    public async Task<IReadOnlyList<WaitingStep>?> ShowAsync(string connection, CancellationToken cancellationToken)
    {
        if (outside.Connections.Current.Find(connection) is null)
        {
            return null;
        }

        var shown = new List<WaitingStep>();
        foreach (var row in await parts.Store.WaitingRunsAsync(connection, Most, cancellationToken).ConfigureAwait(false))
        {
            shown.Add(await ShowAsync(row, connection, cancellationToken).ConfigureAwait(false));
        }

        return shown;
    }

    private async Task<WaitingStep> ShowAsync(RunRow row, string connection, CancellationToken cancellationToken)
    {
        var shown = new WaitingStep(row.Id, row.RecipeId, row.State, row.DueAt, null, null, string.Empty);
        if (await parts.OpenAsync(row, null, cancellationToken).ConfigureAwait(false) is not OpenedRun.Ready { Run: var run })
        {
            return shown with { Note = "its event or its version of the recipe cannot be read any more" };
        }

        if (await ToActionAsync(run, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return shown with { Note = $"would fail: {failure.Message}" };
        }

        return run.CurrentStep switch
        {
            null => shown with { Note = "nothing is left to send" },
            ActionStep step when parts.Target(step) is { } target && target.Connection.Name == connection =>
                await ShowAsync(shown with { Step = step.Id }, run, step, target, cancellationToken).ConfigureAwait(false),
            ActionStep step => shown with { Step = step.Id, Note = "its next step goes to another connection" },
            StopStep stop => shown with { Note = run.ReasonOf(stop) },
            _ => shown with { Note = "it waits by its own wish before its next step" },
        };
    }

    // Goes on to what the run would do next, computing values on the way; null where nothing fails.
    private async Task<EvaluationFailure?> ToActionAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        Recall recall = (_, key, token) => parts.Made.RecallAsync(key, token);
        var failure = run.HasLets ? null : await run.ComputeAsync(run.Recipe.Let, parts.Scripts, recall, cancellationToken).ConfigureAwait(false);
        while (failure is null && run.CurrentStep is { } step)
        {
            if (run.Wants(step, outside.Time.GetUtcNow()))
            {
                if (step is not LetStep let)
                {
                    break;
                }

                failure = await run.ComputeAsync(let.Bindings, parts.Scripts, recall, cancellationToken).ConfigureAwait(false);
            }

            run.Skip();
        }

        return failure;
    }

    private async Task<WaitingStep> ShowAsync(WaitingStep shown, ActiveRun run, ActionStep step, Target target, CancellationToken cancellationToken)
    {
        var keyed = run.KeyOf(step);
        if (keyed.Incomplete is { } incomplete)
        {
            return shown with { Note = $"would fail: 'key' is not complete: {incomplete}" };
        }

        if (await parts.Made.FindAsync(run, target, keyed.Key, cancellationToken).ConfigureAwait(false) is not null)
        {
            return shown with { Note = $"'{keyed.Key}' was made before and is taken over; nothing is sent" };
        }

        var rendered = await run.RenderAsync(step, parts.Scripts, cancellationToken).ConfigureAwait(false);
        if (rendered.Failure is { } failure)
        {
            return shown with { Note = $"would fail: {failure.Message}" };
        }

        var note = await parts.Recovery.HasOpenAsync(run.Id, step.Id, cancellationToken).ConfigureAwait(false)
            ? "an earlier attempt got no answer: the hub looks for what it did before it sends this" : string.Empty;
        return await parts.Attempts.RehearseAsync(run, step, target, keyed.Key, rendered.Input, cancellationToken).ConfigureAwait(false) switch
        {
            StepOutcome.Rehearsed rehearsed => shown with { Request = rehearsed.Request, Note = note },
            StepOutcome.Failed failed => shown with { Note = $"would fail: {failed.Code}: {failed.Message}" },
            _ => shown with { Note = "only looks up" },
        };
    }
}
