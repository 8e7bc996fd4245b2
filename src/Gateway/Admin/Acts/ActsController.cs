using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>What waits for a person, and what a person does about it. Each act is audited; done twice it is done once.</summary>
[ApiController]
[Route("api")]
[Produces("application/json")]
public sealed class ActsController(IHubStore store, RunActs acts, TimeProvider time) : ControllerBase
{
    private const int MostActedOn = 100_000;
    private const int MostListed = 500;

    /// <summary>Runs that wait for a person, grouped by cause, the largest group first.</summary>
    [HttpGet("dead-letters")]
    public Task<IReadOnlyList<CauseGroup>> CausesAsync([FromQuery] FilterBody filter, CancellationToken cancellationToken) =>
        store.CausesAsync(filter.ToFilter(0), cancellationToken);

    /// <summary>The runs of a filter, oldest first: dead letters and those in doubt where it names no state.</summary>
    [HttpGet("dead-letters/runs")]
    public async Task<IReadOnlyList<RunSummary>> ListAsync([FromQuery] FilterBody filter, int limit = 50, CancellationToken cancellationToken = default)
    {
        var runs = new List<RunSummary>();
        foreach (var id in await store.FindRunsAsync(filter.ToFilter(Math.Clamp(limit, 1, MostListed)), cancellationToken).ConfigureAwait(false))
        {
            if (await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { } row)
            {
                runs.Add(AdminViews.Summary(row));
            }
        }

        return runs;
    }

    /// <summary>Lets a run go on, or opens one in its place.</summary>
    [HttpPost("runs/{id}/replay")]
    public async Task<ActionResult<ActDone>> ReplayAsync(string id, ReplayBody body, CancellationToken cancellationToken) =>
        Asked.Past(body.At, time) is { } past ? Wrong(past) : Answer(await acts.ReplayAsync(id, body.ToWish(), Actor(body.Why), body.At, cancellationToken).ConfigureAwait(false));

    /// <summary>Gives a run up, for a reason.</summary>
    [HttpPost("runs/{id}/cancel")]
    public async Task<ActionResult<ActDone>> CancelAsync(string id, CancelBody body, CancellationToken cancellationToken) =>
        HasReason(body.Why) ? Answer(await acts.CancelAsync(id, Actor(body.Why), cancellationToken).ConfigureAwait(false)) : NoReason();

    /// <summary>Says whether what is in doubt has happened.</summary>
    [HttpPost("runs/{id}/decide")]
    public async Task<ActionResult<ActDone>> DecideAsync(string id, DecideBody body, CancellationToken cancellationToken) => body.Happened is { } happened
        ? Answer(await acts.DecideAsync(id, happened, Actor(body.Why), cancellationToken).ConfigureAwait(false))
        : Wrong("Say what is so: 'happened' is true, or false to send it again.");

    /// <summary>Replays all runs that fit, oldest first.</summary>
    [HttpPost("replays")]
    public async Task<ActionResult<ManyAnswer>> ReplayManyAsync(ReplaysBody body, CancellationToken cancellationToken)
    {
        if ((Asked.Rate(body.PerSecond) ?? Asked.Past(body.How.At, time) ?? Asked.Everything(body.Filter)) is { } wrong)
        {
            return Wrong(wrong);
        }

        // A doubt is decided, not replayed: what may have happened must not happen twice.
        var filter = (body.Filter.State is null ? body.Filter with { State = RunState.DeadLettered } : body.Filter).ToFilter(MostActedOn);
        return body.Only
            ? new ManyAnswer((await store.FindRunsAsync(filter, cancellationToken).ConfigureAwait(false)).Count, 0, [])
            : await acts.ReplayManyAsync(filter, body.How.ToWish(), Actor(body.How.Why), body.How.At, body.PerSecond, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives all runs up that fit.</summary>
    [HttpPost("cancellations")]
    public async Task<ActionResult<ManyAnswer>> CancelManyAsync(CancelsBody body, CancellationToken cancellationToken) =>
        Asked.Everything(body.Filter) is { } wrong ? Wrong(wrong)
        : HasReason(body.Why) ? await acts.CancelManyAsync(body.Filter.ToFilter(MostActedOn), Actor(body.Why), cancellationToken).ConfigureAwait(false) : NoReason();

    /// <summary>Who did what, when and why, newest first.</summary>
    [HttpGet("audit")]
    public Task<IReadOnlyList<AuditEntry>> AuditAsync(string? target, string? before, int limit = 50, CancellationToken cancellationToken = default) =>
        store.AuditAsync(target, before, Math.Clamp(limit, 1, MostListed), cancellationToken);

    private static bool HasReason(string? why) => !string.IsNullOrWhiteSpace(why);

    private ObjectResult NoReason() => Wrong("Say why: what is given up is not tried again, and somebody will ask.");

    private ObjectResult Wrong(string detail) => Problem(statusCode: StatusCodes.Status400BadRequest, detail: detail);

    private Actor Actor(string? why) => ActorFeature.Of(HttpContext, why);

    private ActionResult<ActDone> Answer(ActAnswer answer) => answer switch
    {
        ActAnswer.Done done => new ActDone(done.RunId, done.Note),
        ActAnswer.Refused refused => Problem(statusCode: StatusCodes.Status409Conflict, detail: refused.Problem),
        ActAnswer.Unknown => NotFound(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
