using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Runs;

/// <summary>Why one recipe did or did not take one event.</summary>
/// <param name="Verdict">taken, skipped, already done, …</param>
/// <param name="Lines">Condition by condition, recomputed from the stored event and the recipe version that decided.</param>
public sealed record RecipeReason(string RecipeId, string RecipeHash, string Verdict, IReadOnlyList<ExplanationLine> Lines, string Summary, IReadOnlyList<RunRow> Runs);

/// <summary>Why an event did or did not lead to something.</summary>
public sealed record EventReason(EventRow Event, IReadOnlyList<RecipeReason> Recipes);

/// <summary>Answers <c>why</c>: in full, from what is stored.</summary>
public sealed class Why(IHubStore store, IRecipes recipes, ConnectorBook connectors)
{
    private readonly RecipeVersions _versions = new(recipes, store);

    /// <summary>The reasons for an event; for one recipe only where it is named.</summary>
    public async Task<EventReason> ExplainAsync(EventRow row, string? recipeId, CancellationToken cancellationToken)
    {
        var runs = await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false);
        var reasons = new List<RecipeReason>();
        foreach (var decision in row.Decisions)
        {
            if (recipeId is null || decision.RecipeId == recipeId)
            {
                reasons.Add(await ExplainAsync(row, decision, runs, cancellationToken).ConfigureAwait(false));
            }
        }

        AddUninterested(row, recipeId, reasons);
        return new EventReason(row, reasons);
    }

    private async Task<RecipeReason> ExplainAsync(EventRow row, Decision decision, IReadOnlyList<RunRow> runs, CancellationToken cancellationToken)
    {
        var own = runs.Where(run => run.RecipeId == decision.RecipeId).ToList();
        var recipe = await _versions.FindAsync(decision.RecipeId, decision.RecipeHash, cancellationToken).ConfigureAwait(false);
        var explanation = recipe is null ? null : Explain(recipe, row);
        var summary = decision.Verdict switch
        {
            DecisionVerdict.Taken => "Taken: a run was opened.",
            DecisionVerdict.Skipped => explanation?.Summary ?? $"Skipped: nothing was sent. {decision.Detail}",
            DecisionVerdict.AlreadyDone => $"Already done: {decision.Detail} holds the once_per key. Nothing was sent again.",
            DecisionVerdict.RecipeBroken => $"No run: {decision.Detail}.",
            DecisionVerdict.NotReady => $"No run: {decision.Detail}.",
            DecisionVerdict.MatchFailed => decision.Detail,
            DecisionVerdict.Learning => $"No run: {decision.Detail}.",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new RecipeReason(decision.RecipeId, decision.RecipeHash, Word(decision.Verdict), explanation?.Lines ?? [], summary, own);
    }

    // Recipes that never looked at the event: another source or another event. Said for a named recipe, and where nobody looked at all.
    private void AddUninterested(EventRow row, string? recipeId, List<RecipeReason> reasons)
    {
        foreach (var entry in recipes.Book.Entries)
        {
            var asked = recipeId is not null ? entry.Id == recipeId : reasons.Count == 0 && row.Decisions.Count == 0;
            if (!asked || row.Decisions.Any(d => d.RecipeId == entry.Id))
            {
                continue;
            }

            var summary = entry.When is { } when
                ? $"Skipped: nothing was sent. It waits for {Words(when)}{On(when)}; this was {row.Source} / {row.Type} on {row.Connection}."
                : "Skipped: the recipe did not look at this event.";
            if (entry.Live is { Mode: RecipeMode.Off })
            {
                summary = "Skipped: the recipe is off.";
            }

            reasons.Add(new RecipeReason(entry.Id, entry.Live?.Hash ?? string.Empty, "not concerned", [], summary, []));
        }
    }

    private static string On(Trigger when) => when.Connection is null ? string.Empty : $" on {when.Connection}";

    private static string Words(Trigger when) => when is EventTrigger ? $"{when.Source} / {string.Join(", ", when.Events)}" : when.Words;

    private MatchExplanation Explain(Recipe recipe, EventRow row)
        => Matching.Explain(recipe, KnownEvent.From(row, connectors).Scope(recipes.Shared), Instant.FromDateTimeOffset(row.ReceivedAt));

    private static string Word(DecisionVerdict verdict) => verdict switch
    {
        DecisionVerdict.Taken => "taken",
        DecisionVerdict.Skipped => "skipped",
        DecisionVerdict.AlreadyDone => "already done",
        DecisionVerdict.RecipeBroken => "recipe broken",
        DecisionVerdict.NotReady => "not ready",
        DecisionVerdict.MatchFailed => "match failed",
        DecisionVerdict.Learning => "not asked",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
