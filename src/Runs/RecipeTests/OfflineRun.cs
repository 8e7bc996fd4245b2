using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

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
        if (Wanting.WhyNot(recipe, known, shared, connection) is { } why)
        {
            return new PlayedEvent(false, why, [], null);
        }

        var row = new RunRow("run_played", known.Id, recipe.Id, recipe.Hash, 0, RunState.Running, true, 0, 0, 0, 0, false, 1, known.ReceivedAt, null, null, null, default, default, null, string.Empty);
        var walked = new List<Walked>();
        var walk = new OfflineWalk(scripts, Forgotten, new PretendedTargets(connectors, PretendedTargets.Samples));
        var end = await walk.WalkAsync(new ActiveRun(row, recipe, known, shared), known.ReceivedAt, walked, cancellationToken).ConfigureAwait(false);
        return new PlayedEvent(true, string.Empty, [.. walked.OfType<WalkedAction>().Select(Played)], end.Stopped ?? end.Problem);
    }

    // Items are told apart by their place: two versions may make the same list.
    private static PlayedStep Played(WalkedAction walked) => new(
        walked.Name,
        $"{walked.Action.Connector}.{walked.Action.Action}",
        (walked.Outcome as StepOutcome.Rehearsed)?.Request,
        (walked.Outcome as StepOutcome.Failed)?.Message);

    // What earlier runs made is not known here.
    private static ValueTask<Value> Forgotten(string name, string key, CancellationToken cancellationToken) => ValueTask.FromResult(Value.Missing);
}
