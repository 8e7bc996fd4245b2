using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>One action of a walk, or one for an item of a <c>for_each</c>.</summary>
/// <param name="Item">Its place in the list, from 1; null where the step has no list.</param>
/// <param name="Input">Null where it could not be made.</param>
internal sealed record WalkedAction(ActionStep Step, int? Item, JsonElement? Input, StepOutcome Outcome);

/// <summary>How a walk ended.</summary>
/// <param name="Stopped">The reason of the <c>stop</c> that ended it, or null.</param>
/// <param name="Problem">What went wrong, or null.</param>
internal readonly record struct WalkEnd(string? Stopped, string? Problem);

/// <summary>
/// Goes through the steps of a run as the engine does, with the real conditions, values and actions, but without store, network and waiting:
/// what <c>test</c> and <c>diff</c> show.
/// </summary>
/// <param name="connectors">Whose actions are asked.</param>
/// <param name="scripts">Runs the snippets.</param>
/// <param name="recall">What earlier runs made.</param>
/// <param name="answers">What an action answers instead of its sample, by step id.</param>
internal sealed class OfflineWalk(ConnectorBook connectors, RunScripts scripts, Recall recall, IReadOnlyDictionary<string, Value> answers)
{
    /// <summary>Walks; each action is added to <paramref name="walked"/> as it is done.</summary>
    public async Task<WalkEnd> WalkAsync(ActiveRun run, List<WalkedAction> walked, CancellationToken cancellationToken)
    {
        var failure = await run.ComputeAsync(run.Recipe.Let, scripts, recall, cancellationToken).ConfigureAwait(false);
        while (failure is null && run.CurrentStep is { } step)
        {
            if (!run.Wants(step, run.Event.ReceivedAt) || step is WaitStep)
            {
                run.Skip();
                continue;
            }

            switch (step)
            {
                case StopStep stop:
                    return new WalkEnd(run.ReasonOf(stop), null);
                case LetStep let:
                    failure = await run.ComputeAsync(let.Bindings, scripts, recall, cancellationToken).ConfigureAwait(false);
                    run.Skip();
                    break;
                case ActionStep action when await ActAsync(run, action, walked, cancellationToken).ConfigureAwait(false) is { } problem:
                    return new WalkEnd(null, problem);
                default:
                    break;
            }
        }

        return new WalkEnd(null, failure?.Message);
    }

    // What ends the run, or null.
    private async Task<string?> ActAsync(ActiveRun run, ActionStep step, List<WalkedAction> walked, CancellationToken cancellationToken)
    {
        if (step.ForEach is null)
        {
            var outcome = await AttemptAsync(run, step, walked, cancellationToken).ConfigureAwait(false);
            run.Complete(step.Id, outcome);
            return Problem(step, outcome);
        }

        var opened = run.OpenItems(step);
        string? first = null;
        foreach (var item in opened.Items?.Open.ToList() ?? [])
        {
            run.Enter(item);
            if (!run.Wants(step, run.Event.ReceivedAt))
            {
                item.PassOver();
                continue;
            }

            var outcome = await AttemptAsync(run, step, walked, cancellationToken).ConfigureAwait(false);
            run.CompleteItem(outcome);
            first ??= Problem(step, outcome) is { } problem ? $"item {item.Index + 1}: {problem}" : null;
        }

        run.Enter(null);
        if (opened.Items is { } items)
        {
            run.Complete(step.Id, new StepOutcome.Done(items.Output().ToElement()));
        }

        return opened.Problem ?? first;
    }

    private static string? Problem(ActionStep step, StepOutcome outcome) =>
        outcome is StepOutcome.Failed failed && !step.ContinueOnError ? $"step '{step.Id}': {failed.Message}" : null;

    private async Task<StepOutcome> AttemptAsync(ActiveRun run, ActionStep step, List<WalkedAction> walked, CancellationToken cancellationToken)
    {
        var rendered = await run.RenderAsync(step, scripts, cancellationToken).ConfigureAwait(false);
        var outcome = rendered.Failure is { } failure ? failure.ToOutcome() : await AskAsync(run, step, rendered.Input, cancellationToken).ConfigureAwait(false);
        walked.Add(new WalkedAction(step, run.Item?.Index + 1, rendered.Failure is null ? rendered.Input : null, outcome));
        return outcome is not StepOutcome.Failed && answers.TryGetValue(step.Id, out var answer) ? new StepOutcome.Done(answer.ToElement()) : outcome;
    }

    private Task<StepOutcome> AskAsync(ActiveRun run, ActionStep step, JsonElement input, CancellationToken cancellationToken)
    {
        var key = EffectKey.For("test", run.Event.Key, step.Id, step.Id, run.Item?.Key ?? string.Empty, 0);
        var context = new OfflineContext(step.Connection ?? step.Connector, key, run.Event.ReceivedAt);
        return connectors.FindAction(step.Connector, step.Action)!.ExecuteAsync(input, context, cancellationToken);
    }
}
