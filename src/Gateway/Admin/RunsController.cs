using ConnectorHub.Runs;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Recipes at work.</summary>
[ApiController]
[Route("api/runs")]
[Produces("application/json")]
public sealed class RunsController(IHubStore store, Why why) : ControllerBase
{
    private const int MostListed = 500;

    /// <summary>Runs, newest first.</summary>
    [HttpGet]
    public async Task<IReadOnlyList<RunSummary>> ListAsync(string? recipe, RunState? state, string? eventId, string? before, int limit = 50, CancellationToken cancellationToken = default)
    {
        var query = new RunQuery(eventId, recipe, state, before, Math.Clamp(limit, 1, MostListed));
        return [.. (await store.ListRunsAsync(query, cancellationToken).ConfigureAwait(false)).Select(AdminViews.Summary)];
    }

    /// <summary>One run with its attempts.</summary>
    [HttpGet("{id}")]
    public async Task<ActionResult<RunDetail>> ShowAsync(string id, [FromServices] Forgetting forgetting, CancellationToken cancellationToken)
        => await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { } row
            ? AdminViews.Detail(row, await why.ShortAsync(row.RecipeId, row.RecipeHash, cancellationToken).ConfigureAwait(false), await store.AttemptsAsync(id, cancellationToken).ConfigureAwait(false))
            : forgetting.Gone(id) is { } gone ? Problem(statusCode: StatusCodes.Status410Gone, detail: gone) : NotFound();
}
