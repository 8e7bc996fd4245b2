using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Finds what a person asks for among events and among deliveries that made none, and says what became of it.</summary>
public sealed class Inquiry(EventSearch search, IHubStore store, Why why, IRecipes recipes, HookReport hooks, Forgetting forgetting)
{
    private const int MostExplained = 5;
    private const int MostDeliveries = 5;
    private const int MostAsked = 200;
    private const int MostNames = 20;

    /// <summary>Events that hold the text, and deliveries that made no event and name it.</summary>
    public async Task<EventsFound> EventsAsync(string text, int most, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(text, most, cancellationToken).ConfigureAwait(false);
        var notes = hooks.Mentioning(text, [.. found.Events.Select(row => row.Id)]);
        var events = new List<EventSummary>(found.Events.Count);
        foreach (var row in found.Events)
        {
            events.Add(AdminViews.Summary(row, await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false)));
        }

        return new EventsFound(events, found.More, Through(text, found), await TellAsync(notes, most, found.Events, cancellationToken).ConfigureAwait(false), Math.Max(0, notes.Count - most));
    }

    /// <summary>Runs of events that hold the text, or the one with that id.</summary>
    /// <param name="which">Of what recipe, in which state, at most how many.</param>
    public async Task<RunsFound> RunsAsync(string text, RunQuery which, CancellationToken cancellationToken)
    {
        var held = await EventsAsync(text, MostAsked, cancellationToken).ConfigureAwait(false);
        if (await store.FindRunAsync(text, cancellationToken).ConfigureAwait(false) is { } named)
        {
            return new RunsFound([AdminViews.Summary(named)], false, held);
        }

        var runs = new List<RunSummary>();
        foreach (var found in held.Events.TakeWhile(_ => runs.Count <= which.Limit))
        {
            runs.AddRange((await store.ListRunsAsync(which with { EventId = found.Id }, cancellationToken).ConfigureAwait(false)).Select(AdminViews.Summary));
        }

        return new RunsFound([.. runs.Take(which.Limit)], held.More || runs.Count > which.Limit, held);
    }

    /// <summary>Why they did or did not lead to something: for one recipe only where it is named.</summary>
    public async Task<WhyFound> WhyAsync(string text, string? recipe, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(text, MostExplained, cancellationToken).ConfigureAwait(false);
        var notes = hooks.Mentioning(text, [.. found.Events.Select(row => row.Id)]);
        var deliveries = await TellAsync(notes, MostDeliveries, found.Events, cancellationToken).ConfigureAwait(false);
        var rows = await WithRepeatedAsync(found.Events, deliveries, cancellationToken).ConfigureAwait(false);
        if (recipe is not null && Unknown(recipe, rows) is { } problem)
        {
            return new WhyFound(problem, [], false, Through(text, found), [], 0, null);
        }

        var answers = new List<WhyAnswer>(rows.Count);
        foreach (var row in rows)
        {
            answers.Add(AdminViews.Why(await why.ExplainAsync(row, recipe, cancellationToken).ConfigureAwait(false)));
        }

        var silence = answers.Count == 0 ? new Silence(hooks.DownSince, hooks.Lasts()) : null;
        return new WhyFound(null, answers, found.More, Through(text, found), deliveries, notes.Count - deliveries.Count, silence);
    }

    private SearchedThrough Through(string text, FoundEvents found) => new(found.Searched, found.Since, found.Everything, hooks.NotesKept)
    {
        Gone = found.Events.Count == 0 ? forgetting.Gone(text) : null,
    };

    private async Task<IReadOnlyList<TurnedAway>> TellAsync(IReadOnlyList<NoteSummary> notes, int most, IReadOnlyList<EventRow> known, CancellationToken cancellationToken)
    {
        var told = new List<TurnedAway>();
        foreach (var (hook, note) in notes.Take(most))
        {
            var original = note.Event is not { } id ? null
                : known.FirstOrDefault(row => row.Id == id) ?? await store.FindEventAsync(id, cancellationToken).ConfigureAwait(false);
            told.Add(new TurnedAway(note.At, hook, note.Event, original?.ReceivedAt, note.Kind.Words(), note.Text, note.Kind.Fix()));
        }

        return told;
    }

    // A repetition has no decisions of its own: what became of the first one is the answer.
    private async Task<IReadOnlyList<EventRow>> WithRepeatedAsync(IReadOnlyList<EventRow> found, IReadOnlyList<TurnedAway> deliveries, CancellationToken cancellationToken)
    {
        var rows = found.ToList();
        foreach (var id in deliveries.Select(delivery => delivery.DuplicateOf).OfType<string>().Distinct().Where(id => rows.All(row => row.Id != id)).Take(Math.Max(0, MostExplained - rows.Count)).ToList())
        {
            if (await store.FindEventAsync(id, cancellationToken).ConfigureAwait(false) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private string? Unknown(string recipe, IReadOnlyList<EventRow> rows)
    {
        // One that is gone from the folder may still have decided.
        if (recipes.Book.Find(recipe) is not null || rows.Any(row => row.Decisions.Any(decision => decision.RecipeId == recipe)))
        {
            return null;
        }

        var ids = recipes.Book.Entries.Select(entry => entry.Id).ToList();
        var meant = Nearest.Of(recipe, ids) is { } near ? $" Did you mean '{near}'?" : string.Empty;
        var all = ids.Count == 0 ? "The recipe folder is empty."
            : ids.Count <= MostNames ? $"There are: {string.Join(", ", ids)}."
            : $"There are {ids.Count}; list them with: connectorhub explain";
        return $"There is no recipe '{recipe}'.{meant} {all}";
    }
}
