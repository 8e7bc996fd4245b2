using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What a step of a rehearsed event would do.</summary>
/// <param name="Step">Its id; <c>mail[2]</c> is its second item.</param>
/// <param name="Action">Null where the step calls none.</param>
/// <param name="Connection">Null where it goes to none.</param>
/// <param name="Request">Null where nothing would be sent; <paramref name="Note"/> says why.</param>
/// <param name="Answer">What a look-up answered just now; null where nothing was looked up.</param>
/// <param name="Note">What is to be known about it; may be empty.</param>
public sealed record RehearsedStep(string Step, string? Action, string? Connection, RecordedRequest? Request, JsonElement? Answer, string Note);

/// <summary>What one recipe would make of an event.</summary>
/// <param name="Hash">Of its version; empty where there is none to play.</param>
/// <param name="Skipped">Why it would not take the event; null where it would.</param>
/// <param name="Ended">What ended it before its last step; null where nothing did.</param>
/// <param name="OnError">What <c>on_error</c> would do, where the run would fail for good.</param>
public sealed record RehearsedRecipe(
    string Recipe, string Hash, string? Skipped, IReadOnlyList<RehearsedStep> Steps, string? Ended, IReadOnlyList<RehearsedStep> OnError)
{
    /// <summary>What its scripts said with <c>hub.log</c>.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}

/// <summary>Which recipes an event is played through.</summary>
/// <param name="Recipe">One only; null: all that wait for it, or that decided on it.</param>
/// <param name="Run">The run whose recipe, and whose version, is meant; null where none is.</param>
/// <param name="AsItWas">In the version that decided then, not in the one that is live.</param>
public sealed record RehearsalWish(string? Recipe, RunRow? Run, bool AsItWas);

/// <summary>
/// Plays a stored event through recipes by the way a rehearsal takes, with the real connections. No run is opened and nothing is written down;
/// nothing that writes is sent. What an action reads first, and what only looks up, is read.
/// </summary>
public sealed class EventRehearsal(RunParts parts, Outside outside, IRecipes recipes)
{
    private readonly RecipeVersions _versions = new(recipes, parts.Store);

    /// <summary>What becomes of it, recipe by recipe.</summary>
    public async Task<IReadOnlyList<RehearsedRecipe>> ShowAsync(EventRow row, RehearsalWish wish, CancellationToken cancellationToken)
    {
        var known = KnownEvent.From(row, outside.Connectors);
        var shown = new List<RehearsedRecipe>();
        foreach (var (id, hash) in Wanted(row, known, wish))
        {
            var recipe = hash is null ? recipes.Book.Find(id)?.Live : await _versions.FindAsync(id, hash, cancellationToken).ConfigureAwait(false);
            shown.Add(recipe is null ? Unplayable(id, hash) : await PlayAsync(recipe, row, known, cancellationToken).ConfigureAwait(false));
        }

        return shown;
    }

    // Hash null: the live version.
    private IEnumerable<(string Id, string? Hash)> Wanted(EventRow row, KnownEvent known, RehearsalWish wish)
    {
        var only = wish.Run?.RecipeId ?? wish.Recipe;
        if (wish.AsItWas)
        {
            return wish.Run is { } run
                ? [(run.RecipeId, run.RecipeHash)]
                : row.Decisions.Where(decision => only is null || decision.RecipeId == only).GroupBy(decision => decision.RecipeId).Select(group => (group.Key, (string?)group.Last().RecipeHash));
        }

        return only is not null
            ? [(only, null)]
            : recipes.Book.Entries.Where(entry => entry.Live is { } live && Wanting.Waits(live, known, row.Connection)).Select(entry => (entry.Id, (string?)null));
    }

    private static RehearsedRecipe Unplayable(string id, string? hash) => new(
        id,
        hash ?? string.Empty,
        hash is null ? "there is no recipe of that name that can run; see: connectorhub check" : $"its version {hash[..Math.Min(6, hash.Length)]} is not kept any more, or does not load with the connectors of this gateway",
        [],
        null,
        []);

    private async Task<RehearsedRecipe> PlayAsync(Recipe recipe, EventRow row, KnownEvent known, CancellationToken cancellationToken)
    {
        if (Wanting.WhyNot(recipe, known, recipes.Shared, row.Connection) is { } why)
        {
            return new RehearsedRecipe(recipe.Id, recipe.Hash, why, [], null, []);
        }

        var now = outside.Time.GetUtcNow();
        var asked = recipe.Mode == RecipeMode.Rehearse;
        var begun = new RunRow("run_rehearsed", row.Id, recipe.Id, recipe.Hash, 0, RunState.Running, asked, 0, 0, 0, 0, false, 0, now, null, null, null, default, default, null, string.Empty);
        var run = new ActiveRun(begun, recipe, known, recipes.Shared);
        var walk = new OfflineWalk(parts.Scripts, (_, key, token) => parts.Made.RecallAsync(key, token), new RehearsedTargets(parts, outside.Connectors));
        var (walked, told) = (new List<Walked>(), new List<Walked>());
        var end = await walk.WalkAsync(run, now, walked, cancellationToken).ConfigureAwait(false);
        if (end is { Error: { } error, Kind: null or FailureKind.Rejected })
        {
            await walk.TellAsync(run, error, parts.Options.AdminUrl.TrimEnd('/'), told, cancellationToken).ConfigureAwait(false);
        }

        return new RehearsedRecipe(recipe.Id, recipe.Hash, null, [.. walked.Select(Step)], end.Stopped ?? Failed(end), [.. told.Select(Step)]) { Log = run.Log };
    }

    private static string? Failed(WalkEnd end) => end.Problem is not { } problem ? null : end.Kind switch
    {
        FailureKind.Unauthorized => $"would wait for the connection: {problem}",
        FailureKind.Transient or FailureKind.RateLimited or FailureKind.Unconfirmed => $"would be tried again later: {problem}",
        _ => $"would fail for good: {problem}",
    };

    private static RehearsedStep Step(Walked walked)
    {
        if (walked is not WalkedAction { Asked: var asked } action)
        {
            return new RehearsedStep(walked.Name, null, null, null, null, ((WalkedPast)walked).Why);
        }

        var step = new RehearsedStep(walked.Name, $"{action.Action.Connector}.{action.Action.Action}", asked.Connection, null, null, asked.Note);
        return asked.Outcome switch
        {
            StepOutcome.Rehearsed rehearsed => step with { Request = rehearsed.Request },
            StepOutcome.Done done => step with { Answer = done.Output, Note = asked.Note.Length > 0 ? asked.Note : "only looks up, and was answered just now" },
            StepOutcome.Failed failed => step with { Note = $"{(asked.Note.Length > 0 ? $"{asked.Note}; " : string.Empty)}would fail: {failed.Code}: {failed.Message}" },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
