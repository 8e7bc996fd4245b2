using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Runs.Schedules;

/// <summary>The schedules that recipes have.</summary>
public sealed class RecipeSchedules(IRecipes recipes, ScheduleIntake intake, Why why, TimeProvider time)
{
    /// <summary>Each as it stands, but for what a person holds up.</summary>
    public async Task<IReadOnlyList<ScheduleView>> AllAsync(IReadOnlyList<Pause> paused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paused);
        var views = new List<ScheduleView>();
        foreach (var entry in recipes.Book.Entries)
        {
            if (TriggerOf(entry) is { } trigger)
            {
                var last = await intake.LastAsync(entry.Id, trigger.Schedule, cancellationToken).ConfigureAwait(false);
                views.Add(new ScheduleView(
                    entry.Id,
                    "recipe",
                    trigger.Schedule.Text,
                    await why.ShortAsync(entry.Id, entry.Live!.Hash, cancellationToken).ConfigureAwait(false),
                    State(entry, paused),
                    trigger.Schedule.Missed.ToString().ToLowerInvariant(),
                    last?.ToDateTimeOffset(),
                    trigger.Schedule.Next(Instant.FromDateTimeOffset(time.GetUtcNow()))?.ToDateTimeOffset(),
                    string.Empty));
            }
        }

        return views;
    }

    /// <summary>Where a recipe's schedule is written; null where it has none that could fire.</summary>
    public (string File, int Line)? PlaceOf(string recipeId) => recipes.Book.Find(recipeId) is { } entry && TriggerOf(entry) is { } trigger ? (entry.File, trigger.Line) : null;

    /// <summary>True where there is such a recipe, with a schedule or without.</summary>
    public bool Knows(string recipeId) => recipes.Book.Find(recipeId) is not null;

    /// <summary>Fires a recipe's schedule now, once more; false where there is none of that name.</summary>
    public async Task<bool> FireAsync(string recipeId, CancellationToken cancellationToken)
    {
        if (recipes.Book.Find(recipeId) is not { } entry || TriggerOf(entry) is not { } trigger)
        {
            return false;
        }

        var last = await intake.LastAsync(recipeId, trigger.Schedule, cancellationToken).ConfigureAwait(false);
        await intake.TakeAsync(new Firing(recipeId, trigger.Schedule, Instant.FromDateTimeOffset(time.GetUtcNow()), last), entry, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static ScheduleTrigger? TriggerOf(BookEntry entry) => entry.Live is { Mode: not RecipeMode.Off, When: ScheduleTrigger trigger } ? trigger : null;

    private static string State(BookEntry entry, IReadOnlyList<Pause> paused) =>
        paused.Any(pause => pause.Kind == PauseKind.All || (pause.Kind == PauseKind.Recipe && pause.Name == entry.Id)) ? "its runs wait"
        : entry.Live!.Mode == RecipeMode.Rehearse ? "rehearse" : "live";
}
