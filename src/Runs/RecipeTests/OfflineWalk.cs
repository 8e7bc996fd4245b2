using System.Globalization;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>How a walk ended.</summary>
/// <param name="Stopped">The reason of the <c>stop</c> that ended it, or null.</param>
/// <param name="Error">What went wrong, or null.</param>
/// <param name="Kind">How the last step failed; null where none did, or a value could not be computed.</param>
internal readonly record struct WalkEnd(string? Stopped, RunError? Error, FailureKind? Kind = null)
{
    /// <summary>The error as a sentence, or null.</summary>
    public string? Problem => Error is null ? null : Error.Step == OfLet ? Error.Message : $"step '{Error.Step}': {Error.Message}";

    /// <summary>What stands for a step where a top value could not be computed.</summary>
    public const string OfLet = "let";
}

/// <summary>
/// Goes through the steps of a run as the engine does, with the real conditions, values and actions, but without writing anything down and without
/// waiting: what <c>test</c>, <c>diff</c> and <c>replay --rehearse</c> show.
/// </summary>
/// <param name="scripts">Runs the snippets.</param>
/// <param name="recall">What earlier runs made.</param>
/// <param name="targets">What answers for the targets.</param>
internal sealed class OfflineWalk(RunScripts scripts, Recall recall, IWalkTargets targets)
{
    /// <summary>Walks; each step is added to <paramref name="walked"/> as it is done or passed over.</summary>
    /// <param name="now">What conditions take for now.</param>
    public async Task<WalkEnd> WalkAsync(ActiveRun run, DateTimeOffset now, List<Walked> walked, CancellationToken cancellationToken)
    {
        var failure = run.HasLets ? null : await run.ComputeAsync(run.Recipe.Let, scripts, recall, cancellationToken).ConfigureAwait(false);
        while (failure is null && run.CurrentStep is { } step)
        {
            if (run.WhyNot(step, now) is { } why)
            {
                walked.Add(new WalkedPast(step, null, $"skipped: {why}"));
                run.Skip();
                continue;
            }

            switch (step)
            {
                case StopStep stop:
                    return new WalkEnd(run.ReasonOf(stop), null);
                case WaitStep wait:
                    walked.Add(new WalkedPast(step, null, $"waits until {Time(wait.EndFrom(now, run.Recipe.Zone))}"));
                    run.Skip();
                    break;
                case LetStep let:
                    failure = await run.ComputeAsync(let.Bindings, scripts, recall, cancellationToken).ConfigureAwait(false);
                    run.Skip();
                    break;
                case ActionStep action when await ActAsync(run, action, now, walked, cancellationToken).ConfigureAwait(false) is { } failed:
                    return new WalkEnd(null, new RunError(action.Id, failed.Code, failed.Message), failed.Kind);
                default:
                    break;
            }
        }

        return new WalkEnd(null, failure is null ? null : new RunError(WalkEnd.OfLet, failure.Code, failure.Message));
    }

    /// <summary>Walks through <c>on_error</c>; null where nobody is told.</summary>
    /// <param name="run">The run that failed.</param>
    /// <param name="error">Of that run.</param>
    /// <param name="adminUrl">Where the admin API answers.</param>
    public async Task<WalkEnd?> TellAsync(ActiveRun run, RunError error, string adminUrl, List<Walked> walked, CancellationToken cancellationToken) =>
        run.TellingOf(error, adminUrl) is { } telling
            ? await WalkAsync(telling, run.Event.ReceivedAt, walked, cancellationToken).ConfigureAwait(false)
            : null;

    // What ends the run, or null.
    private async Task<StepOutcome.Failed?> ActAsync(ActiveRun run, ActionStep step, DateTimeOffset now, List<Walked> walked, CancellationToken cancellationToken)
    {
        var outcome = step.ForEach is null
            ? await AttemptAsync(run, step, walked, cancellationToken).ConfigureAwait(false)
            : await ItemsAsync(run, step, now, walked, cancellationToken).ConfigureAwait(false);
        if (outcome is StepOutcome.Failed failed && !step.ContinueOnError)
        {
            return failed;
        }

        run.Complete(step.Id, outcome);
        return null;
    }

    private async Task<StepOutcome> ItemsAsync(ActiveRun run, ActionStep step, DateTimeOffset now, List<Walked> walked, CancellationToken cancellationToken)
    {
        var opened = run.OpenItems(step);
        if (opened.Items is not { } items)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "for_each_list", opened.Problem!);
        }

        FailureKind? kind = null;
        foreach (var item in items.All)
        {
            run.Enter(item);
            if (item.State == ItemState.Skipped || run.WhyNot(step, now) is not null)
            {
                var why = item.State == ItemState.Skipped ? "an item before it has the same key" : run.WhyNot(step, now);
                item.PassOver();
                walked.Add(new WalkedPast(step, item.Index + 1, $"skipped: {why}"));
                continue;
            }

            var outcome = await AttemptAsync(run, step, walked, cancellationToken).ConfigureAwait(false);
            if (outcome is StepOutcome.Failed failed)
            {
                kind ??= failed.Kind;
                item.Fail(new RunError(step.Id, failed.Code, failed.Message));
            }
            else
            {
                run.CompleteItem(outcome);
            }
        }

        run.Enter(null);
        return items.Failure(step.Id) is { } failure && !step.ContinueOnError
            ? StepOutcome.Fail(kind ?? FailureKind.Rejected, failure.Code, failure.Message)
            : new StepOutcome.Done(items.Output().ToElement());
    }

    private async Task<StepOutcome> AttemptAsync(ActiveRun run, ActionStep step, List<Walked> walked, CancellationToken cancellationToken)
    {
        var time = walked.OfType<WalkedAction>().Count(action => action.Action == step);
        var rendered = await run.RenderAsync(step, scripts, cancellationToken).ConfigureAwait(false);
        var asked = rendered.Failure is { } failure
            ? new Asked(failure.ToOutcome(), null, string.Empty)
            : await targets.AskAsync(run, step, rendered.Input, time, cancellationToken).ConfigureAwait(false);
        walked.Add(new WalkedAction(step, run.Item?.Index + 1, rendered.Failure is null ? rendered.Input : null, asked));
        return asked.Outcome;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
