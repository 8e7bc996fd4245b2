using ConnectorHub.Recipes;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Acts;

/// <summary>What a replay comes to. Closed.</summary>
internal abstract record ReplayPlan
{
    private ReplayPlan()
    {
    }

    public sealed record Possible(RunAct Act) : ReplayPlan;

    public sealed record Impossible(string Why) : ReplayPlan;
}

/// <summary>Finds out how a run can be replayed, or why it cannot.</summary>
public sealed class ReplayPlanner(RunParts parts, IRecipes recipes, Outside outside, IIdSource ids)
{
    private readonly RecipeVersions _versions = new(recipes, parts.Store);

    internal async Task<ReplayPlan> PlanAsync(RunRow run, ReplayWish wish, DateTimeOffset due, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (run.ReplayedAs is { } other)
        {
            return new ReplayPlan.Impossible($"{run.Id} was replayed as {other} before; that is the one to act on.");
        }

        if (run is { State: RunState.Cancelled, Error: { Code: AttemptRecords.InDoubt, Step: var doubtful } } && !wish.IsFromStart)
        {
            return new ReplayPlan.Impossible($"{run.Id} was given up while nobody knew whether step '{doubtful}' had happened. Look at the target; to send it once more and keep what is done: --from-start");
        }

        var (recipe, problem) = await RecipeAsync(run, wish.AsItIs, cancellationToken).ConfigureAwait(false);
        if (recipe is null)
        {
            return new ReplayPlan.Impossible(problem!);
        }

        if (run.Error is { Step: "when" } && await WhyNotAsync(run, recipe, cancellationToken).ConfigureAwait(false) is { } why)
        {
            return new ReplayPlan.Impossible($"{recipe.File} does not take the event of {run.Id}: {why}. Change the recipe, or cancel the run.");
        }

        // What was given up or came too late has no step at which it failed.
        return wish.IsFromStart || run.State is RunState.Cancelled or RunState.Expired
            ? Restart(run, recipe, wish, due, entry)
            : Resume(run, recipe, wish, due, entry);
    }

    /// <summary>Where a run goes on whose step has happened, and its outputs with an empty one for that step.</summary>
    internal async Task<(int StepIndex, ReadOnlyMemory<byte>? Outputs)> PassedAsync(RunRow run, string stepId, CancellationToken cancellationToken)
    {
        var recipe = await _versions.FindAsync(run.RecipeId, run.RecipeHash, cancellationToken).ConfigureAwait(false);
        var steps = StepsOf(run, recipe);
        if (steps.Count <= run.StepIndex || steps[run.StepIndex] is not ActionStep { ForEach: null })
        {
            // A for_each reads by its attempts which items are done.
            return (run.StepIndex, null);
        }

        var outputs = run.Outputs.IsEmpty ? [] : Value.Parse(run.Outputs).Members;
        return (run.StepIndex + 1, Value.Map(outputs.Append(new(stepId, Value.Map([])))).ToUtf8Json());
    }

    private static IReadOnlyList<RecipeStep> StepsOf(RunRow run, Recipe? recipe) => run.Generation < 0 ? recipe?.OnError ?? [] : recipe?.Steps ?? [];

    private static ReplayPlan Resume(RunRow run, Recipe recipe, ReplayWish wish, DateTimeOffset due, AuditEntry entry)
    {
        var index = run.StepIndex;
        if (wish.AsItIs && run.Error?.Step is { } failed and not ("let" or "when"))
        {
            index = StepsOf(run, recipe).ToList().FindIndex(step => step is ActionStep action && action.Id == failed);
            if (index < 0)
            {
                return new ReplayPlan.Impossible($"The recipe as it is now has no step '{failed}', at which {run.Id} failed. Replay it from the start, or as it was.");
            }
        }

        var dropLets = (wish.AsItIs && run.Generation >= 0) || run.Error is { Step: "let" };
        return new ReplayPlan.Possible(new RunAct.Resume(run.Id, Reference(recipe), index, dropLets, due, KeyUntil(recipe, entry), entry));
    }

    private ReplayPlan Restart(RunRow run, Recipe recipe, ReplayWish wish, DateTimeOffset due, AuditEntry entry)
    {
        if (run.Generation < 0)
        {
            return new ReplayPlan.Impossible($"{run.Id} tells of a failure (on_error). Replay the run it tells of; or let this one go on from where it failed.");
        }

        var book = outside.Connections.Current;
        if (book.NotReady(recipe) is { } lacks)
        {
            return new ReplayPlan.Impossible($"{recipe.File} cannot run: {lacks}.");
        }

        if (wish.Live && (recipe.Mode == RecipeMode.Rehearse || book.AllRehearse(recipe.Actions)))
        {
            return new ReplayPlan.Impossible($"{recipe.File} still rehearses: take 'mode: rehearse' out of the recipe, or \"Mode\": \"Rehearse\" out of its connections.");
        }

        if (run.Rehearsal && !wish.Live && !wish.Again)
        {
            return new ReplayPlan.Impossible($"{run.Id} was a rehearsal. To send it: --live; to rehearse it once more: --again");
        }

        var keeps = !wish.Again && !run.Rehearsal;
        IReadOnlyList<string> kept = keeps ? [.. recipe.Steps.OfType<ActionStep>().Select(step => step.Id)] : [];
        var first = recipe.Steps is [ActionStep action, ..] ? book.For(action)?.Name : null;
        return new ReplayPlan.Possible(new RunAct.Restart(
            run.Id,
            ids.Next("run_"),
            Reference(recipe),
            kept,
            keeps ? KeptOutputs(run, kept) : default,
            wish.Again,
            run.Rehearsal && !wish.Live,
            first,
            due,
            KeyUntil(recipe, entry),
            entry));
    }

    private static ReadOnlyMemory<byte> KeptOutputs(RunRow run, IReadOnlyList<string> kept)
    {
        var outputs = run.Outputs.IsEmpty ? [] : Value.Parse(run.Outputs).Members.Where(output => kept.Contains(output.Key)).ToList();
        return outputs.Count == 0 ? default(ReadOnlyMemory<byte>) : Value.Map(outputs).ToUtf8Json();
    }

    private async Task<(Recipe? Recipe, string? Problem)> RecipeAsync(RunRow run, bool asItIs, CancellationToken cancellationToken)
    {
        if (asItIs)
        {
            return recipes.Book.Find(run.RecipeId)?.Live is { } live
                ? (live, null)
                : (null, $"There is no recipe '{run.RecipeId}' that can run now; see: connectorhub check. The version of {run.Id} is kept: replay it as it was.");
        }

        return await _versions.FindAsync(run.RecipeId, run.RecipeHash, cancellationToken).ConfigureAwait(false) is { } kept
            ? (kept, null)
            : (null, $"The version of '{run.RecipeId}' that {run.Id} began with does not load any more. Replay it with the recipe as it is: --as-it-is");
    }

    private async Task<string?> WhyNotAsync(RunRow run, Recipe recipe, CancellationToken cancellationToken)
    {
        if (await parts.Store.FindEventAsync(run.EventId, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return "the event is not in the store any more";
        }

        return Wanting.WhyNot(recipe, KnownEvent.From(stored, outside.Connectors), recipes.Shared, stored.Connection);
    }

    private static RecipeVersionRef Reference(Recipe recipe) => new(recipe.Hash, recipe.Text);

    private static DateTimeOffset? KeyUntil(Recipe recipe, AuditEntry entry) => recipe.OncePer?.Within is { } within ? entry.At + within : null;
}
