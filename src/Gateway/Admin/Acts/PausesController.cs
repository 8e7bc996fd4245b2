using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>A pause that is asked for.</summary>
/// <param name="Name">A recipe, a connection or a hook (<c>connection/event</c>); nothing for <see cref="PauseKind.All"/>.</param>
/// <param name="Until">When it ends by itself; null: when a person says so.</param>
public sealed record PauseBody(PauseKind Kind, string? Name = null, DateTimeOffset? Until = null, string? Why = null);

/// <summary>What is held up: events are accepted and stored, their runs wait.</summary>
[ApiController]
[Route("api/pauses")]
[Produces("application/json")]
public sealed class PausesController(IHubStore store, Pausing pausing, TimeProvider time) : ControllerBase
{
    /// <summary>Pauses and what waits for each.</summary>
    [HttpGet]
    public Task<IReadOnlyList<PauseView>> ListAsync(CancellationToken cancellationToken) => store.PauseViewsAsync(time.GetUtcNow(), cancellationToken);

    /// <summary>Begins a pause; one that is there already gets the new end and reason.</summary>
    [HttpPost]
    public async Task<ActionResult<IReadOnlyList<PauseView>>> PauseAsync(PauseBody body, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Why))
        {
            return Problem(statusCode: StatusCodes.Status400BadRequest, detail: "Say why: who finds that nothing goes out wants to know.");
        }

        var name = body.Name ?? string.Empty;
        var problem = (body.Kind == PauseKind.Hook ? HttpContext.RequestServices.GetRequiredService<HookBook>().Misnamed(name) : null)
            ?? await pausing.PauseAsync(body.Kind, name, body.Until, ActorFeature.Of(HttpContext, body.Why), cancellationToken).ConfigureAwait(false);
        return problem is null
            ? Ok(await store.PauseViewsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            : Problem(statusCode: StatusCodes.Status409Conflict, detail: problem);
    }

    /// <summary>Ends a pause; what waits goes on as fast as its connections allow.</summary>
    [HttpPost("end")]
    public async Task<ActionResult<IReadOnlyList<PauseView>>> ResumeAsync(PauseBody body, CancellationToken cancellationToken) =>
        await pausing.ResumeAsync(body.Kind, body.Name ?? string.Empty, ActorFeature.Of(HttpContext, body.Why), cancellationToken).ConfigureAwait(false)
            ? Ok(await store.PauseViewsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            : Problem(statusCode: StatusCodes.Status409Conflict, detail: $"{(body.Kind == PauseKind.All ? "Everything" : $"{body.Kind} '{body.Name}'")} is not paused. See: connectorhub pause");
}
