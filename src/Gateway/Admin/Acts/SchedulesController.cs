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

/// <summary>What is to be different about a plan; what is left out stays.</summary>
/// <param name="At">Once, then, in place of its cron.</param>
/// <param name="PerSecond">0: as fast as their connections allow.</param>
public sealed record PlanChangeBody(DateTimeOffset? At = null, string? Cron = null, double? PerSecond = null, string? Zone = null, string? Why = null);

/// <summary>Why something is done.</summary>
public sealed record WhyBody(string? Why = null);

/// <summary>What happens by the clock: scheduled recipes, planned replays, and what the hub does for itself.</summary>
[ApiController]
[Route("api/schedules")]
[Produces("application/json")]
public sealed class SchedulesController(ScheduleList schedules, ScheduleActs acts, Plans plans, TimeProvider time) : ControllerBase
{
    private const int MostActedOn = 100_000;

    /// <summary>All of them: what people made, the next first; then what the hub does for itself.</summary>
    [HttpGet]
    public Task<IReadOnlyList<ScheduleView>> ListAsync(CancellationToken cancellationToken) => schedules.AllAsync(cancellationToken);

    /// <summary>Plans a replay for a time, or again and again.</summary>
    [HttpPost]
    public async Task<ActionResult<ScheduleView>> PlanAsync(PlanBody body, CancellationToken cancellationToken)
    {
        if ((Asked.Rate(body.PerSecond) ?? Asked.Past(body.How.At, time) ?? Asked.Everything(body.Filter)) is { } wrong)
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: wrong);
        }

        var filter = (body.Filter.State is null ? body.Filter with { State = RunState.DeadLettered } : body.Filter).ToFilter(MostActedOn);
        var wish = new PlanWish(filter, body.How.ToWish(), body.PerSecond, body.How.At, body.Cron, body.Zone);
        var (plan, problem) = await plans.AddAsync(wish, Actor(body.How.Why), cancellationToken).ConfigureAwait(false);
        return plan is null
            ? Problem(statusCode: StatusCodes.Status409Conflict, detail: problem)
            : await schedules.FindAsync(plan.Id, cancellationToken).ConfigureAwait(false) ?? ScheduleList.View(plan);
    }

    /// <summary>Does it now, once more; its own times stay as they are.</summary>
    [HttpPost("{id}/run")]
    public async Task<ActionResult<ActDone>> RunAsync(string id, WhyBody body, CancellationToken cancellationToken) =>
        await acts.RunAsync(Named(id), Actor(body.Why), cancellationToken).ConfigureAwait(false) switch
        {
            ScheduleAnswer.Done done => new ActDone(done.View.Id, done.View.Note),
            ScheduleAnswer.Refused refused => Refusal(refused),
            _ => NotFound(),
        };

    /// <summary>Holds it up, also across a restart: a plan, a recipe's schedule, or one of the hub's own jobs where that does no harm.</summary>
    [HttpPost("{id}/pause")]
    public async Task<ActionResult<ScheduleView>> PauseAsync(string id, WhyBody body, CancellationToken cancellationToken) =>
        Answer(await acts.PauseAsync(Named(id), Actor(body.Why), cancellationToken).ConfigureAwait(false));

    /// <summary>Lets it go on. What fell due meanwhile is let go for a plan; a recipe's <c>missed</c> says what becomes of it there.</summary>
    [HttpPost("{id}/resume")]
    public async Task<ActionResult<ScheduleView>> ResumeAsync(string id, WhyBody body, CancellationToken cancellationToken) =>
        Answer(await acts.ResumeAsync(Named(id), Actor(body.Why), cancellationToken).ConfigureAwait(false));

    /// <summary>Gives a plan other times or another rate.</summary>
    [HttpPost("{id}/change")]
    public async Task<ActionResult<ScheduleView>> ChangeAsync(string id, PlanChangeBody body, CancellationToken cancellationToken)
    {
        if (Asked.Past(body.At, time) is { } past)
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: past);
        }

        var change = new PlanChange(body.At, body.Cron, body.PerSecond, body.Zone);
        return Answer(await acts.ChangeAsync(Named(id), change, Actor(body.Why), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Removes a plan.</summary>
    [HttpPost("{id}/remove")]
    public async Task<ActionResult<ActDone>> RemoveAsync(string id, WhyBody body, CancellationToken cancellationToken) =>
        await acts.RemoveAsync(id, Actor(body.Why), cancellationToken).ConfigureAwait(false) ? new ActDone(id, "it is removed") : NotFound();

    // A recipe in a folder has a slash in its id.
    private static string Named(string id) => Uri.UnescapeDataString(id);

    private ActionResult<ScheduleView> Answer(ScheduleAnswer answer) => answer switch
    {
        ScheduleAnswer.Done done => done.View,
        ScheduleAnswer.Refused refused => Refusal(refused),
        ScheduleAnswer.Unknown => NotFound(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ObjectResult Refusal(ScheduleAnswer.Refused refused) => Problem(statusCode: StatusCodes.Status409Conflict, detail: refused.Problem);

    private Actor Actor(string? why) => ActorFeature.Of(HttpContext, why);
}
