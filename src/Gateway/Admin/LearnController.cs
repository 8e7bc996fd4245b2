using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Hooks that learn: what arrives is verified, kept and shown, and no recipe is asked.</summary>
[ApiController]
[Route("api/learn")]
[Produces("application/json")]
public sealed class LearnController(LearnBook lessons, IHubStore store) : ControllerBase
{
    /// <summary>The lessons that go on.</summary>
    [HttpGet]
    public IReadOnlyList<Lesson> List() => lessons.Current;

    /// <summary>Starts one, or starts it again; 404 for an address that is no hook.</summary>
    [HttpPost]
    public ActionResult<Lesson> Begin([FromQuery] string hook)
        => HttpContext.RequestServices.GetRequiredService<HookBook>().Find(hook) is null ? NotFound() : lessons.Begin(hook);

    /// <summary>Ends one; 404 where there is none.</summary>
    [HttpPost("end")]
    public ActionResult<Lesson> End([FromQuery] string hook) => lessons.End(hook) is { } lesson ? lesson : NotFound();

    /// <summary>What a hook has learned since a moment, oldest first; at most a lesson's worth.</summary>
    [HttpGet("events")]
    public async Task<IReadOnlyList<LearnedEvent>> EventsAsync([FromQuery] string hook, [FromQuery] DateTimeOffset since, CancellationToken cancellationToken)
    {
        var connection = hook.Split('/')[0];
        var rows = await store.ListEventsAsync(new EventQuery(Connection: connection, Limit: LearnBook.MostEvents), cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Where(row => row.ReceivedAt >= since && row.Hook == hook)
                .Reverse()
                .Select(row => new LearnedEvent(row.Id, row.ReceivedAt, row.Type, row.Subject, row.Test, row.DedupeKey is not null, AdminViews.Json(row.Body)!.Value)),
        ];
    }
}
