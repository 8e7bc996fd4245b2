using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;

namespace ConnectorHub.Runs.Acts;

/// <summary>Opens runs for events that led to none: the recipe was broken, not ready, not there yet, or said no at the time. Asked twice, one is opened.</summary>
public sealed class EventReplay(IHubStore store, Openings openings, WorkQueue work, IIdSource ids, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Of one event: for one recipe, or for each that wants it.</summary>
    /// <param name="dueAt">When they begin; null: now.</param>
    public async Task<EventReplayAnswer> OpenAsync(string eventId, string? recipeId, DateTimeOffset? dueAt, Actor actor, CancellationToken cancellationToken)
    {
        if (await store.FindEventAsync(eventId, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return new EventReplayAnswer.Unknown();
        }

        var known = openings.Known(row);
        var asked = new List<(BookEntry Entry, string? Problem)>();
        if (recipeId is null)
        {
            asked.AddRange(openings.WaitingFor(row, known));
        }
        else
        {
            var (entry, problem) = openings.Find(recipeId);
            if (entry is null)
            {
                return new EventReplayAnswer.Refused(problem!);
            }

            asked.Add((entry, null));
        }

        var done = new List<EventOpening>();
        foreach (var (entry, problem) in asked)
        {
            done.Add(problem is null
                ? await OpenAsync(entry, row, known, dueAt, actor, cancellationToken).ConfigureAwait(false)
                : new EventOpening(entry.Id, false, null, problem));
        }

        return done.Count > 0 ? new EventReplayAnswer.Done(done)
            : new EventReplayAnswer.Refused($"No recipe waits for {row.Source} / {row.Type}. See: connectorhub why {row.Id}");
    }

    /// <summary>Of all events that fit and led to no run of a recipe, oldest first.</summary>
    public async Task<EventsReplayAnswer> OpenManyAsync(EventsWish wish, EventsPace pace, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(pace);
        var (entry, problem) = openings.Find(wish.RecipeId);
        if ((problem ?? (entry is null ? null : Narrowing(entry.Live!, wish))) is { } why)
        {
            return new EventsReplayAnswer.Refused(why);
        }

        var walk = WalkOf(entry!.Live!, wish);
        var tally = new OpeningTally(wish.Limit);
        pace = pace with { At = pace.At ?? time.GetUtcNow() };
        var (after, end) = (string.Empty, false);
        while (!end && !tally.IsFull)
        {
            var page = await store.WalkEventsAsync(walk, after, cancellationToken).ConfigureAwait(false);
            tally.HadRun(page.WithRun);
            await OpenPageAsync(entry, page.Without, pace, actor, tally, cancellationToken).ConfigureAwait(false);
            (after, end) = (page.LastId, page.End);
        }

        return new EventsReplayAnswer.Done(tally.Total);
    }

    private async Task<EventOpening> OpenAsync(BookEntry entry, EventRow row, KnownEvent known, DateTimeOffset? dueAt, Actor actor, CancellationToken cancellationToken)
    {
        var asked = openings.Ask(entry, row, known);
        if (asked is Asked.Unwanted unwanted)
        {
            var runs = await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false);
            return runs.FirstOrDefault(run => run.RecipeId == entry.Id) is { } there
                ? EventOpening.HasRun(entry.Id, there.Id)
                : new EventOpening(entry.Id, false, null, OpeningTally.Words(unwanted));
        }

        var opening = Opening(row.Id, (Asked.Wanted)asked, dueAt ?? time.GetUtcNow(), actor);
        switch ((await store.OpenRunsAsync([opening], cancellationToken).ConfigureAwait(false))[0])
        {
            case OpenResult.Opened opened:
                Offer(opened.RunId, opening.DueAt);
                return new EventOpening(entry.Id, true, opened.RunId, string.Empty);
            case OpenResult.HasRun there:
                return EventOpening.HasRun(entry.Id, there.RunId);
            case OpenResult.KeyHeld held:
                return new EventOpening(entry.Id, false, held.RunId, $"already done: {held.RunId} holds the once_per key");
            default:
                return new EventOpening(entry.Id, false, null, "the event is not in the store any more");
        }
    }

    private async Task OpenPageAsync(BookEntry entry, IReadOnlyList<EventRow> rows, EventsPace pace, Actor actor, OpeningTally tally, CancellationToken cancellationToken)
    {
        var batch = new List<RunOpening>(AtOnce);
        foreach (var row in rows)
        {
            if (tally.Opened + batch.Count >= tally.Most)
            {
                tally.Stop();
                break;
            }

            switch (openings.Ask(entry, row, openings.Known(row)))
            {
                case Asked.Unwanted unwanted:
                    tally.Unwanted(row.Id, unwanted);
                    break;
                case Asked.Wanted when pace.Only:
                    tally.Done(row.Id);
                    break;
                case Asked.Wanted wanted:
                    batch.Add(Opening(row.Id, wanted, EventsPace.DueAt(pace.At!.Value, pace.PerSecond, tally.Opened + batch.Count), actor));
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }

            if (batch.Count == AtOnce)
            {
                await WriteAsync(batch, tally, cancellationToken).ConfigureAwait(false);
            }
        }

        await WriteAsync(batch, tally, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(List<RunOpening> batch, OpeningTally tally, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var results = await store.OpenRunsAsync([.. batch], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < results.Count; i++)
        {
            tally.Count(batch[i].EventId, results[i]);
            if (results[i] is OpenResult.Opened opened)
            {
                Offer(opened.RunId, batch[i].DueAt);
            }
        }

        batch.Clear();
    }

    private RunOpening Opening(string eventId, Asked.Wanted wanted, DateTimeOffset dueAt, Actor actor)
    {
        var now = time.GetUtcNow();
        var decision = wanted.Decision with { Later = new LaterDecision(now, actor.Who) };
        var entry = new AuditEntry(ids.Next("act_"), now, actor.Who, "replay", wanted.Run.Id, actor.Why, $"opened for {eventId}, recipe as it is");
        return new RunOpening(eventId, wanted.Run, dueAt, decision, entry);
    }

    // What is due later, and what does not fit, is found by the sweep: thousands of openings must not fill the memory.
    private void Offer(string runId, DateTimeOffset dueAt)
    {
        if (dueAt <= time.GetUtcNow())
        {
            work.Offer(new RunHint(runId, null));
        }
    }

    private static string? Narrowing(Recipe recipe, EventsWish wish)
    {
        var waits = $"{recipe.File} waits for {recipe.When.Words}{(recipe.When.Connection is { } named ? $" on {named}" : string.Empty)}";
        return wish switch
        {
            { Limit: < 1 } => $"'limit' is {wish.Limit}. Write a number above 0.",
            { Source: { } source } when source != recipe.When.Source => $"{waits}, so no event of source '{source}' can be its own.",
            { Type: { } type } when !recipe.When.Events.Contains(type) => $"{waits}, so no event of type '{type}' can be its own.",
            { Connection: { } hook } when recipe.When is EventTrigger { Connection: { } only } && only != hook => $"{waits}, so no event of hook '{wish.Hook}' can be its own.",
            _ => null,
        };
    }

    private static EventWalk WalkOf(Recipe recipe, EventsWish wish) => new(
        recipe.Id,
        recipe.When.Source,
        wish.Type is { } type ? [type] : [.. recipe.When.Events],
        recipe.When is ScheduleTrigger ? ScheduleTrigger.ConnectionOf(recipe.Id) : wish.Connection ?? recipe.When.Connection,
        wish.HookEvent,
        wish.Since,
        wish.Until,
        wish.Text);
}
