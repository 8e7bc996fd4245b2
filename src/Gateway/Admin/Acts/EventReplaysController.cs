using ConnectorHub.Runs.Acts;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>A replay of one event that led to no run.</summary>
/// <param name="Recipe">One only: its file without .yaml; null: each that wants the event.</param>
/// <param name="At">When its runs begin; null: now.</param>
public sealed record EventReplayBody(string? Recipe = null, DateTimeOffset? At = null, string? Why = null);

/// <summary>Which events; everything that is set must fit.</summary>
/// <param name="Recipe">Its file without .yaml: what it has no run of is meant.</param>
/// <param name="Hook"><c>connection/event</c>, or a connection for all of its hooks.</param>
/// <param name="Since">Received then or later.</param>
/// <param name="Until">Received before.</param>
public sealed record EventsFilterBody(
    string Recipe, string? Source = null, string? Type = null, string? Hook = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Text = null);

/// <summary>A replay of all events that fit and led to no run of a recipe.</summary>
/// <param name="At">When the first begins; null: now.</param>
/// <param name="PerSecond">At most so many begin in a second; null: as fast as their connections allow.</param>
/// <param name="Limit">At most so many runs are opened.</param>
/// <param name="Only">A look first: says how many would be opened and does nothing.</param>
public sealed record EventsReplayBody(
    EventsFilterBody Filter, DateTimeOffset? At = null, double? PerSecond = null, int Limit = EventReplaysController.MostOpened, bool Only = false, string? Why = null);

/// <summary>Runs for events that led to none: the recipe was broken, not ready, or not there yet. Each act is audited; done twice it is done once.</summary>
[ApiController]
[Route("api/events")]
[Produces("application/json")]
public sealed class EventReplaysController(EventReplay replay, TimeProvider time) : ControllerBase
{
    internal const int MostOpened = 100_000;

    /// <summary>Asks recipes again about one event, and opens a run for each that wants it and has none.</summary>
    [HttpPost("{id}/replay")]
    public async Task<ActionResult<IReadOnlyList<EventOpening>>> ReplayAsync(string id, EventReplayBody body, CancellationToken cancellationToken) =>
        Asked.Past(body.At, time) is { } past ? Problem(statusCode: StatusCodes.Status400BadRequest, detail: past) : await replay.OpenAsync(id, body.Recipe, body.At, ActorFeature.Of(HttpContext, body.Why), cancellationToken).ConfigureAwait(false) switch
        {
            EventReplayAnswer.Done done => Ok(done.Recipes),
            EventReplayAnswer.Refused refused => Problem(statusCode: StatusCodes.Status409Conflict, detail: refused.Problem),
            EventReplayAnswer.Unknown => NotFound(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Asks a recipe again about all events that fit and that it has no run of, oldest first, and opens runs for those it wants.</summary>
    [HttpPost("replays")]
    public async Task<ActionResult<OpenedEvents>> ReplayManyAsync(EventsReplayBody body, CancellationToken cancellationToken)
    {
        if ((Asked.Rate(body.PerSecond) ?? Asked.Past(body.At, time)) is { } wrong)
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: wrong);
        }

        if (body.Limit is < 1 or > MostOpened)
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: $"'limit' is {body.Limit}. Write a number from 1 to {MostOpened}; what is left is opened by asking once more.");
        }

        var filter = body.Filter;
        var wish = new EventsWish(filter.Recipe, filter.Source, filter.Type, filter.Hook, filter.Since, filter.Until, filter.Text, body.Limit);
        var pace = new EventsPace(body.At, body.PerSecond, body.Only);
        return await replay.OpenManyAsync(wish, pace, ActorFeature.Of(HttpContext, body.Why), cancellationToken).ConfigureAwait(false) switch
        {
            EventsReplayAnswer.Done done => done.Total,
            EventsReplayAnswer.Refused refused => Problem(statusCode: StatusCodes.Status409Conflict, detail: refused.Problem),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
