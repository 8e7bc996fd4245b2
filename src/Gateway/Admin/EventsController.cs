using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>What came in, and why it did or did not lead to something.</summary>
[ApiController]
[Route("api/events")]
[Produces("application/json")]
public sealed class EventsController(IHubStore store, Why why, HookReport hooks) : ControllerBase
{
    private const int MostListed = 500;

    /// <summary>Events, newest first; <paramref name="text"/> is looked for in ids, subjects and bodies.</summary>
    [HttpGet]
    public async Task<IReadOnlyList<EventSummary>> ListAsync(string? text, string? connection, string? type, string? before, int limit = 50, CancellationToken cancellationToken = default)
    {
        var rows = await store.ListEventsAsync(new EventQuery(text, connection, type, before, Math.Clamp(limit, 1, MostListed)), cancellationToken).ConfigureAwait(false);
        var summaries = new List<EventSummary>(rows.Count);
        foreach (var row in rows)
        {
            summaries.Add(AdminViews.Summary(row, await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false)));
        }

        return summaries;
    }

    /// <summary>Events that hold a text, newest first, and deliveries that made no event and name it.</summary>
    [HttpGet("search")]
    public Task<EventsFound> SearchAsync(string text, [FromServices] Inquiry inquiry, int limit = 20, CancellationToken cancellationToken = default) =>
        inquiry.EventsAsync(text, Math.Clamp(limit, 1, MostListed), cancellationToken);

    /// <summary>The last deliveries that made no new event, newest first: refused ones and duplicates, with counts by kind since the beginning.</summary>
    /// <param name="hook">A hook (<c>connection/event</c>), or a connection for all of its hooks.</param>
    /// <param name="duplicates">Only duplicates.</param>
    [HttpGet("refused")]
    public NotesAnswer Refused(string? hook, bool duplicates = false, int limit = 100) => hooks.Notes(hook, duplicates, Math.Clamp(limit, 1, MostListed));

    /// <summary>One event with its story, its runs and their attempts.</summary>
    [HttpGet("{id}")]
    public async Task<ActionResult<EventDetail>> ShowAsync(string id, [FromServices] Forgetting forgetting, [FromServices] RunTales tales, CancellationToken cancellationToken) =>
        await store.FindEventAsync(id, cancellationToken).ConfigureAwait(false) is { } row
            ? await tales.EventAsync(row, cancellationToken).ConfigureAwait(false)
            : forgetting.Gone(id) is { } gone ? Problem(statusCode: StatusCodes.Status410Gone, detail: gone) : NotFound();

    /// <summary>Why the event did or did not lead to something, condition by condition.</summary>
    [HttpGet("{id}/why")]
    public async Task<ActionResult<WhyAnswer>> WhyAsync(string id, string? recipe, CancellationToken cancellationToken)
        => await store.FindEventAsync(id, cancellationToken).ConfigureAwait(false) is { } row
            ? AdminViews.Why(await why.ExplainAsync(row, recipe, cancellationToken).ConfigureAwait(false))
            : NotFound();

    /// <summary>What recipes would send for the event. Nothing that writes is sent, and nothing is written down.</summary>
    /// <param name="recipe">One recipe only: its file without .yaml.</param>
    /// <param name="run">The run whose recipe is meant.</param>
    /// <param name="asItWas">In the version that decided then; without it, in the one that is live.</param>
    [HttpPost("{id}/rehearsal")]
    public async Task<ActionResult<EventRehearsalAnswer>> RehearseAsync(
        string id, string? recipe, string? run, [FromServices] EventRehearsal rehearsal, bool asItWas = false, CancellationToken cancellationToken = default)
    {
        var meant = run is null ? null : await store.FindRunAsync(run, cancellationToken).ConfigureAwait(false);
        if (await store.FindEventAsync(id, cancellationToken).ConfigureAwait(false) is not { } row || (run is not null && meant?.EventId != id))
        {
            return NotFound();
        }

        var runs = await store.ListRunsAsync(new RunQuery(EventId: id), cancellationToken).ConfigureAwait(false);
        var played = await rehearsal.ShowAsync(row, new RehearsalWish(recipe, meant, asItWas), cancellationToken).ConfigureAwait(false);
        return new EventRehearsalAnswer(AdminViews.Summary(row, runs), asItWas, played);
    }
}
