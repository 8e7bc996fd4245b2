using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Recipes at work.</summary>
[ApiController]
[Route("api/runs")]
[Produces("application/json")]
public sealed class RunsController(IHubStore store, RunTales tales) : ControllerBase
{
    private const int MostListed = 500;

    /// <summary>Runs, newest first.</summary>
    [HttpGet]
    public async Task<IReadOnlyList<RunSummary>> ListAsync(string? recipe, RunState? state, string? eventId, string? before, int limit = 50, CancellationToken cancellationToken = default)
    {
        var query = new RunQuery(eventId, recipe, state, before, Math.Clamp(limit, 1, MostListed));
        return [.. (await store.ListRunsAsync(query, cancellationToken).ConfigureAwait(false)).Select(AdminViews.Summary)];
    }

    /// <summary>Runs of events that hold a text, or one by its id, newest first; and what else holds the text.</summary>
    [HttpGet("search")]
    public Task<RunsFound> SearchAsync(string text, string? recipe, RunState? state, [FromServices] Inquiry inquiry, int limit = 20, CancellationToken cancellationToken = default) =>
        inquiry.RunsAsync(text, new RunQuery(RecipeId: recipe, State: state, Limit: Math.Clamp(limit, 1, MostListed)), cancellationToken);

    /// <summary>One run with its attempts and what people did with it.</summary>
    [HttpGet("{id}")]
    public async Task<ActionResult<RunDetail>> ShowAsync(string id, [FromServices] Forgetting forgetting, CancellationToken cancellationToken)
        => await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { } row
            ? await tales.RunAsync(row, cancellationToken).ConfigureAwait(false)
            : forgetting.Gone(id) is { } gone ? Problem(statusCode: StatusCodes.Status410Gone, detail: gone) : NotFound();
}
