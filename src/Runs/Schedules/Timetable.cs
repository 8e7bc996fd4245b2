using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ConnectorHub.Runs.Schedules;

/// <summary>What was before this process: it tells a firing that was missed from one that never was to be.</summary>
/// <param name="AliveAt">When a gateway was last alive; null where none ever was.</param>
/// <param name="Recipes">Hashes of the recipe versions that were in use then.</param>
public sealed record BeforeStart(DateTimeOffset? AliveAt, IReadOnlySet<string> Recipes);

/// <summary>What changed in the timetable.</summary>
/// <param name="Planned">Recipes to wake up for, and when.</param>
/// <param name="Dropped">Recipes that have no schedule any more.</param>
public sealed record TimetableChange(IReadOnlyDictionary<string, DateTimeOffset> Planned, IReadOnlyList<string> Dropped);

/// <summary>
/// Which schedules there are and how far each has come. Whoever wakes it up may be late, early or come twice: what is due is computed from the
/// last firing, and a firing is stored once. One caller at a time.
/// </summary>
public sealed class Timetable(IRecipes recipes, ScheduleIntake intake, BeforeStart before, TimeProvider time, ILogger<Timetable> logger)
{
    /// <summary>How long to wait where the store cannot take a firing.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    // The moment a gateway was alive is kept twice a minute.
    private static readonly Duration AliveGrain = Duration.FromMinutes(1);

    private readonly Dictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, Instant> _held = new Dictionary<string, Instant>();
    private RecipeBook? _known;

    /// <summary>Brings the plans to the recipes as they are now; null where nothing changed.</summary>
    /// <exception cref="StoreUnavailableException">Try again: what was missed cannot be told without the store.</exception>
    public async Task<TimetableChange?> RefreshAsync(CancellationToken cancellationToken)
    {
        var (book, held) = (recipes.Book, await intake.HeldAsync(cancellationToken).ConfigureAwait(false));
        var released = _held.Keys.Where(id => !held.ContainsKey(id)).ToList();
        _held = held;
        if (ReferenceEquals(book, _known) && !released.Exists(_plans.ContainsKey))
        {
            return null;
        }

        var wanted = book.Entries.Where(entry => ScheduleOf(entry) is not null).ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var fresh = new Dictionary<string, Plan>(StringComparer.Ordinal);
        foreach (var entry in wanted.Values.Where(entry => _plans.GetValueOrDefault(entry.Id)?.Schedule != ScheduleOf(entry)))
        {
            fresh[entry.Id] = await PlanAsync(entry.Live!, ScheduleOf(entry)!, cancellationToken).ConfigureAwait(false);
        }

        var dropped = _plans.Keys.Where(id => !wanted.ContainsKey(id)).ToList();
        dropped.ForEach(id => _plans.Remove(id));
        foreach (var (id, plan) in fresh)
        {
            _plans[id] = plan;
        }

        _known = book;
        // What fell due while it was held up is due now.
        var planned = fresh.Keys.Union(released.Where(_plans.ContainsKey)).Where(id => WakeAt(id) is not null);
        return new TimetableChange(planned.ToDictionary(id => id, id => WakeAt(id)!.Value), dropped);
    }

    /// <summary>Fires what is due for a recipe. Answers when to wake up next; null where it has no schedule any more.</summary>
    public async Task<DateTimeOffset?> FireAsync(string recipeId, CancellationToken cancellationToken)
    {
        // A recipe that has just changed gets its new plan with the next refresh.
        if (!_plans.TryGetValue(recipeId, out var plan) || recipes.Book.Find(recipeId) is not { } entry || ScheduleOf(entry) != plan.Schedule || _held.ContainsKey(recipeId))
        {
            return null;
        }

        var due = DueFirings.Of(plan.Schedule, plan.After, Now());
        if (due.Dropped > 0)
        {
            Log.FiringsDropped(logger, recipeId, due.Dropped, DueFirings.Most);
        }

        try
        {
            foreach (var moment in due.Fire)
            {
                await intake.TakeAsync(new Firing(recipeId, plan.Schedule, moment, plan.Previous), entry, cancellationToken).ConfigureAwait(false);
                _plans[recipeId] = plan = plan with { After = moment, Previous = moment };
            }

            _plans[recipeId] = plan with { After = due.Until };
            if (due.Missed > 0)
            {
                await intake.CountMissedAsync(recipeId, due, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreUnavailableException exception)
        {
            Log.StoreUnavailable(logger, exception);
            return time.GetUtcNow() + Again;
        }

        return WakeAt(recipeId);
    }

    private static Schedule? ScheduleOf(BookEntry entry) =>
        entry.Live is { Mode: not RecipeMode.Off, When: ScheduleTrigger trigger } ? trigger.Schedule : null;

    private DateTimeOffset? WakeAt(string recipeId) =>
        _plans[recipeId].Schedule.Next(_plans[recipeId].After)?.ToDateTimeOffset();

    private async Task<Plan> PlanAsync(Recipe recipe, Schedule schedule, CancellationToken cancellationToken)
    {
        var last = await intake.LastAsync(recipe.Id, schedule, cancellationToken).ConfigureAwait(false);
        var after = _known is null ? MissedSince(recipe, last) : Now();
        if (_held.TryGetValue(recipe.Id, out var since) && _known is null)
        {
            // A gateway was alive, but it was held up.
            after = Instant.Min(after, last is { } fired ? Instant.Max(fired, since) : since);
        }

        return new Plan(schedule, after, last);
    }

    /// <summary>
    /// At the start, what fell due since the last firing was missed, but not what fell due while a gateway was alive: the recipe was off then,
    /// or another one. A schedule that was not there before missed nothing.
    /// </summary>
    private Instant MissedSince(Recipe recipe, Instant? last)
    {
        var now = Now();
        if (last is null && !before.Recipes.Contains(recipe.Hash))
        {
            return now;
        }

        Instant? alive = before.AliveAt is { } at ? Instant.FromDateTimeOffset(at) - AliveGrain : null;
        var after = last is { } fired && alive is { } lived ? Instant.Max(fired, lived) : last ?? alive ?? now;
        return Instant.Min(after, now);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="After">What is due after this has not been fired.</param>
    private sealed record Plan(Schedule Schedule, Instant After, Instant? Previous);
}
