using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>What a step of a run that sends nothing came to.</summary>
/// <param name="Request">The request that would go out; null where the step failed before it had one.</param>
/// <param name="Problem">Why the step failed; null where it did not.</param>
public sealed record PlayedStep(string Id, string Action, RecordedRequest? Request, string? Problem);

/// <summary>What a recipe makes of an event.</summary>
/// <param name="Why">The condition that kept it from being taken; empty where it is taken.</param>
/// <param name="Ended">What ended the run before its last step; null where nothing did.</param>
public sealed record PlayedEvent(bool Taken, string Why, IReadOnlyList<PlayedStep> Steps, string? Ended);

/// <summary>Plays an event through a recipe: the real path of a run, no store, no network. What a step looks up is its action's sample.</summary>
public sealed class OfflineRun(ConnectorBook connectors, RunScripts scripts, Value shared)
{
    /// <summary>Plays it.</summary>
    /// <param name="connection">Whose hook took the event.</param>
    public async Task<PlayedEvent> PlayAsync(Recipe recipe, KnownEvent known, string connection, CancellationToken cancellationToken)
    {
        if (known.Source != recipe.When.Source || !recipe.When.Events.Contains(known.Type) || (recipe.When.Connection is { } only && only != connection))
        {
            return new PlayedEvent(false, $"it waits for {recipe.When.Words}{(recipe.When.Connection is { } named ? $" on {named}" : string.Empty)}", [], null);
        }

        var explanation = Matching.Explain(recipe, known.Scope(shared), Instant.FromDateTimeOffset(known.ReceivedAt));
        if (!explanation.Matches)
        {
            var line = explanation.Lines.FirstOrDefault(one => one.Answer == "no");
            return new PlayedEvent(false, line is null ? explanation.Summary : $"{line.Label}: {line.Sentence} ({line.Note})", [], null);
        }

        var row = new RunRow("run_played", known.Id, recipe.Id, recipe.Hash, 0, RunState.Running, true, 0, 0, 0, 0, false, 1, known.ReceivedAt, null, null, null, default, default, null, string.Empty);
        var steps = new List<PlayedStep>();
        var ended = await StepsAsync(new ActiveRun(row, recipe, known, shared), steps, cancellationToken).ConfigureAwait(false);
        return new PlayedEvent(true, string.Empty, steps, ended);
    }

    // Returns what ended it early. Nothing is remembered from earlier runs: what they made is not known here.
    private async Task<string?> StepsAsync(ActiveRun run, List<PlayedStep> played, CancellationToken cancellationToken)
    {
        var failure = await run.ComputeAsync(run.Recipe.Let, scripts, Forgotten, cancellationToken).ConfigureAwait(false);
        while (failure is null && run.CurrentStep is { } step)
        {
            if (!run.Wants(step, run.Event.ReceivedAt))
            {
                run.Skip();
                continue;
            }

            switch (step)
            {
                case StopStep stop:
                    return run.ReasonOf(stop);
                case LetStep let:
                    failure = await run.ComputeAsync(let.Bindings, scripts, Forgotten, cancellationToken).ConfigureAwait(false);
                    run.Skip();
                    break;
                case ActionStep { ForEach: not null } each when await ItemsAsync(run, each, played, cancellationToken).ConfigureAwait(false) is { } end:
                    return end;
                case ActionStep { ForEach: null } action when await AttemptAsync(run, action, played, cancellationToken).ConfigureAwait(false) is { } end:
                    return end;
                case WaitStep:
                    run.Skip();
                    break;
                default:
                    break;
            }
        }

        return failure?.Message;
    }

    private async Task<string?> ItemsAsync(ActiveRun run, ActionStep step, List<PlayedStep> played, CancellationToken cancellationToken)
    {
        var opened = run.OpenItems(step);
        foreach (var item in opened.Items?.Open.ToList() ?? [])
        {
            run.Enter(item);
            if (!run.Wants(step, run.Event.ReceivedAt))
            {
                item.PassOver();
            }
            else if (await AttemptAsync(run, step, played, cancellationToken).ConfigureAwait(false) is { } end)
            {
                return $"item {item.Index + 1}: {end}";
            }
        }

        run.Enter(null);
        if (opened.Items is { } items)
        {
            run.Complete(step.Id, new StepOutcome.Done(items.Output().ToElement()));
        }

        return opened.Problem;
    }

    private async Task<string?> AttemptAsync(ActiveRun run, ActionStep step, List<PlayedStep> played, CancellationToken cancellationToken)
    {
        var rendered = await run.RenderAsync(step, scripts, cancellationToken).ConfigureAwait(false);
        var action = connectors.FindAction(step.Connector, step.Action)!;
        var context = new OfflineContext(step.Connection ?? step.Connector, "played", run.Event.ReceivedAt);
        var outcome = rendered.Failure is { } wrong ? wrong.ToOutcome() : await action.ExecuteAsync(rendered.Input, context, cancellationToken).ConfigureAwait(false);
        var problem = (outcome as StepOutcome.Failed)?.Message;
        played.Add(new PlayedStep(step.Id, $"{step.Connector}.{step.Action}", (outcome as StepOutcome.Rehearsed)?.Request, problem));
        if (problem is not null && !step.ContinueOnError)
        {
            return $"step '{step.Id}' fails: {problem}";
        }

        if (run.Item is null)
        {
            run.Complete(step.Id, outcome);
        }
        else
        {
            run.CompleteItem(outcome);
        }

        return null;
    }

    private static ValueTask<Value> Forgotten(string name, string key, CancellationToken cancellationToken) => ValueTask.FromResult(Value.Missing);
}
