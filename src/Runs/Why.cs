using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs;

/// <summary>Why one recipe did or did not take one event.</summary>
/// <param name="InShort">What that version of the recipe does, in a sentence; empty where it cannot be read any more.</param>
/// <param name="Verdict">taken, skipped, already done, …</param>
/// <param name="Lines">Condition by condition, recomputed from the stored event and the recipe version that decided.</param>
public sealed record RecipeReason(
    string RecipeId, string RecipeHash, string InShort, string Verdict, IReadOnlyList<ExplanationLine> Lines, string Summary, IReadOnlyList<RunRow> Runs)
{
    /// <summary>What was decided one after the other, where a person had it asked again; else empty.</summary>
    public IReadOnlyList<PastDecision> History { get; init; } = [];
}

/// <summary>One of several decisions of a recipe on an event.</summary>
/// <param name="Who">Who had it asked; null: the event came.</param>
/// <param name="Words">The verdict, and the reason where there is one.</param>
public sealed record PastDecision(string RecipeId, DateTimeOffset At, string? Who, string Words);

/// <summary>Why an event did or did not lead to something.</summary>
/// <param name="Unwanted">Where no recipe waits for such events: which there are, and what to do. Else null.</param>
public sealed record EventReason(EventRow Event, IReadOnlyList<RecipeReason> Recipes, string? Unwanted);

/// <summary>Answers <c>why</c>: in full, from what is stored.</summary>
public sealed class Why(IHubStore store, IRecipes recipes, ConnectorBook connectors)
{
    private const int MostNamed = 12;

    private readonly RecipeVersions _versions = new(recipes, store);

    /// <summary>The reasons for an event; for one recipe only where it is named.</summary>
    public async Task<EventReason> ExplainAsync(EventRow row, string? recipeId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var runs = await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false);
        var reasons = new List<RecipeReason>();
        var history = DecisionHistory.Of(row);
        // The last one stands; those before it are its history.
        foreach (var decision in row.Decisions.GroupBy(one => one.RecipeId).Select(group => group.Last()).Where(one => recipeId is null || one.RecipeId == recipeId))
        {
            var reason = await ExplainAsync(row, decision, runs, cancellationToken).ConfigureAwait(false);
            reasons.Add(reason with { History = [.. history.Where(past => past.RecipeId == decision.RecipeId)] });
        }

        var others = recipes.Book.Entries.Where(entry => recipeId is null ? IsFor(entry, row) : entry.Id == recipeId);
        reasons.AddRange(others.Where(entry => row.Decisions.All(decision => decision.RecipeId != entry.Id)).Select(entry => NotAsked(entry, row)));
        return new EventReason(row, reasons, recipeId is null && reasons.Count == 0 ? Unwanted(row) : null);
    }

    /// <summary>What a version of a recipe does, in a sentence; empty where it cannot be read any more.</summary>
    public async Task<string> ShortAsync(string recipeId, string recipeHash, CancellationToken cancellationToken) =>
        Told(await _versions.FindAsync(recipeId, recipeHash, cancellationToken).ConfigureAwait(false));

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
            DecisionVerdict.RecipeBroken => $"No run: {decision.Detail}. {Later(row, decision.RecipeId)}",
            DecisionVerdict.NotReady => $"No run: {decision.Detail}. {Later(row, decision.RecipeId)}",
            DecisionVerdict.MatchFailed => decision.Detail,
            DecisionVerdict.Learning => $"No run: {decision.Detail}. {Later(row, decision.RecipeId)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new RecipeReason(decision.RecipeId, decision.RecipeHash, Told(recipe), DecisionHistory.Word(decision.Verdict), explanation?.Lines ?? [], summary, own);
    }

    /// <summary>A recipe that never looked at the event: it wants others, was off, or was not there.</summary>
    private RecipeReason NotAsked(BookEntry entry, EventRow row)
    {
        var reason = new RecipeReason(entry.Id, entry.Live?.Hash ?? string.Empty, Told(entry.Live), "not concerned", [], string.Empty, []);
        if (entry.Live is { Mode: RecipeMode.Off })
        {
            return reason with { Summary = "Skipped: the recipe is off." };
        }

        if (Wants(entry) is not { } when)
        {
            return reason with { Summary = "Skipped: the recipe did not look at this event." };
        }

        if (!IsFor(entry, row) || (when.Connection ?? row.Connection) != row.Connection)
        {
            return reason with { Summary = $"Skipped: nothing was sent. It waits for {Words(when)}{On(when)}; this was {row.Source} / {row.Type} on {row.Connection}." };
        }

        if (entry.Live is not { } recipe)
        {
            return reason with { Summary = "No run: the file has errors and no version of it ever worked; see 'check'." };
        }

        var now = Explain(recipe, row);
        return reason with
        {
            Lines = now.Lines,
            Summary = now.Matches
                ? $"No run: the recipe was not live when the event came. As it is now, it would take such an event. {Later(row, entry.Id)}"
                : $"No run: the recipe was not live when the event came, and would not take it now either. {now.Summary}",
        };
    }

    private string Unwanted(EventRow row)
    {
        const string Kept = "the event is kept";
        var wanted = recipes.Book.Entries
            .Where(entry => entry.Live is not { Mode: RecipeMode.Off })
            .Select(entry => (entry.Id, When: Wants(entry)))
            .Where(one => one.When is EventTrigger && one.When.Source == row.Source)
            .SelectMany(one => one.When!.Events.Select(type => (Type: type, one.Id)))
            .GroupBy(one => one.Type, one => one.Id, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (wanted.Count == 0)
        {
            return $"No recipe waits for events of {row.Source}; {Kept}. Write one with: connectorhub init --source {row.Source} --event {row.Type}";
        }

        var near = Nearest.Of(row.Type, wanted.Select(group => group.Key)) is { } meant
            ? $" '{meant}' in {string.Join(", ", wanted.First(group => group.Key == meant))} is nearly the same: is it a slip?"
            : string.Empty;
        var more = wanted.Count > MostNamed ? $" and {wanted.Count - MostNamed} more" : string.Empty;
        return $"No recipe waits for {row.Source} / {row.Type}; {Kept}.{near} Recipes of {row.Source} wait for: "
            + $"{string.Join(", ", wanted.Take(MostNamed).Select(group => $"{group.Key} ({string.Join(", ", group)})"))}{more}.";
    }

    private string Told(Recipe? recipe) => recipe is null ? string.Empty : RecipeTelling.InShort(recipe, connectors.All);

    private static bool IsFor(BookEntry entry, EventRow row) => Wants(entry) is EventTrigger when && when.Source == row.Source && when.Events.Contains(row.Type);

    private static Trigger? Wants(BookEntry entry) => entry.Live?.When ?? entry.When;

    private static string On(Trigger when) => when.Connection is null ? string.Empty : $" on {when.Connection}";

    private static string Words(Trigger when) => when is EventTrigger ? $"{when.Source} / {string.Join(", ", when.Events)}" : when.Words;

    private MatchExplanation Explain(Recipe recipe, EventRow row)
        => Matching.Explain(recipe, KnownEvent.From(row, connectors).Scope(recipes.Shared), Instant.FromDateTimeOffset(row.ReceivedAt));

    private static string Later(EventRow row, string recipeId) => $"To open one when the recipe can run: connectorhub replay {row.Id} --recipe {recipeId}";
}
