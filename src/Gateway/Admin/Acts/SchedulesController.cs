using ConnectorHub.Runs;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>A replay for later.</summary>
/// <param name="Filter">Which runs, asked when the time has come: dead letters where it names no state.</param>
/// <param name="Cron">Five fields; without it, once at <c>how.at</c>.</param>
/// <param name="Zone">Whose clock counts for the cron; without it, the hub's.</param>
public sealed record PlanBody(FilterBody Filter, ReplayBody How, double? PerSecond = null, string? Cron = null, string? Zone = null);

/// <summary>Why something is done.</summary>
public sealed record WhyBody(string? Why = null);

/// <summary>What happens by the clock: scheduled recipes and planned replays.</summary>
[ApiController]
[Route("api/schedules")]
[Produces("application/json")]
public sealed class SchedulesController(ScheduleList schedules, Plans plans, IHubStore store, IIdSource ids, TimeProvider time) : ControllerBase
{
    private const int MostActedOn = 100_000;

    /// <summary>All of them, the next first.</summary>
    [HttpGet]
    public Task<IReadOnlyList<ScheduleView>> ListAsync(CancellationToken cancellationToken) => schedules.AllAsync(cancellationToken);

    /// <summary>Plans a replay for a time, or again and again.</summary>
    [HttpPost]
    public async Task<ActionResult<ScheduleView>> PlanAsync(PlanBody body, CancellationToken cancellationToken)
    {
        if (body.PerSecond is <= 0 or > 1000)
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: $"'perSecond' is {body.PerSecond}. Write a number above 0 and up to 1000.");
        }

        var filter = (body.Filter.State is null ? body.Filter with { State = RunState.DeadLettered } : body.Filter).ToFilter(MostActedOn);
        var wish = new PlanWish(filter, body.How.ToWish(), body.PerSecond, body.How.At, body.Cron, body.Zone);
        var (plan, problem) = await plans.AddAsync(wish, Actor(body.How.Why), cancellationToken).ConfigureAwait(false);
        return plan is null ? Problem(statusCode: StatusCodes.Status409Conflict, detail: problem) : ScheduleList.View(plan);
    }

    /// <summary>Does it now, once more; its own times stay as they are.</summary>
    [HttpPost("{id}/run")]
    public async Task<ActionResult<ActDone>> RunAsync(string id, WhyBody body, CancellationToken cancellationToken)
    {
        // A recipe in a folder has a slash in its id.
        id = Uri.UnescapeDataString(id);
        if (await plans.RunAsync(id, Actor(body.Why), cancellationToken).ConfigureAwait(false) is { } many)
        {
            return new ActDone(id, $"{many.Done} of {many.Found} runs go on");
        }

        if (!await schedules.FireAsync(id, cancellationToken).ConfigureAwait(false))
        {
            return NotFound();
        }

        var actor = Actor(body.Why);
        await store.NoteAsync(new AuditEntry(ids.Next("act_"), time.GetUtcNow(), actor.Who, "run now", id, actor.Why, string.Empty), cancellationToken).ConfigureAwait(false);
        return new ActDone(id, "its recipe is asked now");
    }

    /// <summary>Holds a plan up.</summary>
    [HttpPost("{id}/pause")]
    public Task<ActionResult<ScheduleView>> PauseAsync(string id, WhyBody body, CancellationToken cancellationToken) => PauseAsync(id, true, body, cancellationToken);

    /// <summary>Lets a plan go on; what fell due meanwhile is let go.</summary>
    [HttpPost("{id}/resume")]
    public Task<ActionResult<ScheduleView>> ResumeAsync(string id, WhyBody body, CancellationToken cancellationToken) => PauseAsync(id, false, body, cancellationToken);

    /// <summary>Removes a plan.</summary>
    [HttpPost("{id}/remove")]
    public async Task<ActionResult<ActDone>> RemoveAsync(string id, WhyBody body, CancellationToken cancellationToken) =>
        await plans.DropAsync(id, Actor(body.Why), cancellationToken).ConfigureAwait(false) ? new ActDone(id, "it is removed") : NotFound();

    private async Task<ActionResult<ScheduleView>> PauseAsync(string id, bool paused, WhyBody body, CancellationToken cancellationToken) =>
        await plans.PauseAsync(id, paused, Actor(body.Why), cancellationToken).ConfigureAwait(false) is { } plan ? ScheduleList.View(plan) : NotFound();

    private Actor Actor(string? why) => ActorFeature.Of(HttpContext, why);
}
