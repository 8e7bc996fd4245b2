using ConnectorHub.Recipes;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Runs.Schedules;

/// <summary>Something that happens by the clock.</summary>
/// <param name="Id">A recipe's id, or a plan's.</param>
/// <param name="Kind"><c>recipe</c> or <c>plan</c>.</param>
/// <param name="When">Its cron or step with its zone, or the one time.</param>
/// <param name="Does">In a sentence.</param>
/// <param name="State">live, rehearse, paused, not ready, firing, over.</param>
/// <param name="Missed">What becomes of firings that nobody was there for.</param>
/// <param name="Last">The last moment it was due and fired; null where it never did.</param>
/// <param name="Next">Null where it does not come any more.</param>
/// <param name="Result">What the last firing came to, where that is known here.</param>
public sealed record ScheduleView(
    string Id, string Kind, string When, string Does, string State, string Missed, DateTimeOffset? Last, DateTimeOffset? Next, string Result);

/// <summary>All that happens by the clock, the next first.</summary>
public sealed class ScheduleList(IRecipes recipes, ScheduleIntake intake, IHubStore store, Why why, TimeProvider time)
{
    public async Task<IReadOnlyList<ScheduleView>> AllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var paused = await store.PausesAsync(now, cancellationToken).ConfigureAwait(false);
        var views = new List<ScheduleView>();
        foreach (var entry in recipes.Book.Entries)
        {
            if (entry.Live is { Mode: not RecipeMode.Off, When: ScheduleTrigger trigger } recipe)
            {
                var last = await intake.LastAsync(entry.Id, trigger.Schedule, cancellationToken).ConfigureAwait(false);
                views.Add(new ScheduleView(
                    entry.Id,
                    "recipe",
                    trigger.Schedule.Text,
                    await why.ShortAsync(recipe.Id, recipe.Hash, cancellationToken).ConfigureAwait(false),
                    paused.Any(pause => pause.Kind == PauseKind.All || (pause.Kind == PauseKind.Recipe && pause.Name == entry.Id)) ? "paused" : recipe.Mode == RecipeMode.Rehearse ? "rehearse" : "live",
                    trigger.Schedule.Missed.ToString().ToLowerInvariant(),
                    last?.ToDateTimeOffset(),
                    trigger.Schedule.Next(Instant.FromDateTimeOffset(now))?.ToDateTimeOffset(),
                    string.Empty));
            }
        }

        views.AddRange((await store.PlansAsync(cancellationToken).ConfigureAwait(false)).Select(View));
        return [.. views.OrderBy(view => view.Next is null).ThenBy(view => view.Next).ThenBy(view => view.Id, StringComparer.Ordinal)];
    }

    /// <summary>Fires a recipe's schedule now, once more; false where there is none of that name.</summary>
    public async Task<bool> FireAsync(string recipeId, CancellationToken cancellationToken)
    {
        if (recipes.Book.Find(recipeId) is not { Live: { Mode: not RecipeMode.Off, When: ScheduleTrigger trigger } } entry)
        {
            return false;
        }

        var last = await intake.LastAsync(recipeId, trigger.Schedule, cancellationToken).ConfigureAwait(false);
        await intake.TakeAsync(new Firing(recipeId, trigger.Schedule, Instant.FromDateTimeOffset(time.GetUtcNow()), last), entry, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>A plan as it stands.</summary>
    public static ScheduleView View(PlanRow plan) => new(
        plan.Id,
        "plan",
        Plans.When(plan),
        Does(Plans.FilterOf(plan), Plans.HowOf(plan), plan.PerSecond),
        plan.FiringAt is not null ? "firing" : plan.NextAt is null ? "over" : plan.Paused ? "paused" : "live",
        "last",
        plan.LastAt,
        plan.Paused ? null : plan.NextAt,
        plan.Result);

    private static string Does(RunFilter filter, ReplayWish how, double? perSecond)
    {
        var parts = new List<string>();
        Add("of recipe", filter.RecipeId);
        Add("of source", filter.Source);
        Add("stopped by connection", filter.Connection);
        Add("at step", filter.Step);
        Add("with code", filter.Code);
        Add("with text", filter.Text);
        var rate = perSecond is { } limit ? FormattableString.Invariant($", at most {limit} in a second") : string.Empty;
        return $"Replays dead letters{(parts.Count == 0 ? string.Empty : " " + string.Join(", ", parts))}: {how.Words}{rate}.";

        void Add(string word, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{word} {value}");
            }
        }
    }
}
