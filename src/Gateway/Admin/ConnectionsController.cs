using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>The accounts, and those that wait for a person.</summary>
[ApiController]
[Route("api/connections")]
[Produces("application/json")]
public sealed class ConnectionsController(IHubStore store, IConnections connections, Pacing pacing, IIdSource ids, TimeProvider time) : ControllerBase
{
    /// <summary>Every connection, without its secrets.</summary>
    [HttpGet]
    public async Task<IReadOnlyList<ConnectionSummary>> ListAsync([FromServices] IRetryWindows windows, CancellationToken cancellationToken)
    {
        var blocks = (await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(block => block.Connection, StringComparer.Ordinal);
        return [.. connections.Current.All.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => Windowed(Summary(c, blocks.GetValueOrDefault(c.Name)), c, windows))];
    }

    /// <summary>Lifts a connection's block; its runs go on at once.</summary>
    [HttpPost("{name}/release")]
    public async Task<ActionResult<ReleaseAnswer>> ReleaseAsync(string name, string? why, CancellationToken cancellationToken)
    {
        if (connections.Current.Find(name) is null)
        {
            return NotFound();
        }

        var actor = ActorFeature.Of(HttpContext, why);
        var released = await store.ReleaseConnectionAsync(name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        await store.NoteAsync(new AuditEntry(ids.Next("act_"), time.GetUtcNow(), actor.Who, "release", name, actor.Why, $"{released} runs go on"), cancellationToken).ConfigureAwait(false);
        return new ReleaseAnswer(name, released);
    }

    /// <summary>Asks the platform whether a connection's credentials work; one that works again is released. Writes nothing there.</summary>
    [HttpPost("{name}/check")]
    public async Task<ActionResult<CheckAnswer>> CheckAsync(string name, [FromServices] ConnectionCheck check, CancellationToken cancellationToken)
        => await check.AskAsync(name, cancellationToken).ConfigureAwait(false) switch
        {
            null => NotFound(),
            { Outcome: StepOutcome.Done done } works => new CheckAnswer(name, true, done.Output, null, works.Released),
            { Outcome: StepOutcome.Failed failed } => new CheckAnswer(name, false, null, $"{failed.Code}: {failed.Message}", 0),
            _ => new CheckAnswer(name, false, null, "The connection rehearses, and its check would write.", 0),
        };

    /// <summary>What the next waiting runs of a connection would send; nothing that writes is sent.</summary>
    [HttpPost("{name}/rehearse")]
    public async Task<ActionResult<RehearsalAnswer>> RehearseAsync(string name, [FromServices] WaitingRehearsal rehearsal, CancellationToken cancellationToken)
        => await rehearsal.ShowAsync(name, cancellationToken).ConfigureAwait(false) is { } steps ? new RehearsalAnswer(name, steps) : NotFound();

    private ConnectionSummary Windowed(ConnectionSummary summary, Connection connection, IRetryWindows windows)
    {
        var now = time.GetUtcNow();
        return summary with
        {
            RetryWindow = connection.RetryWindow?.Text,
            RetriesFrom = connection.RetryWindow is not null && windows.NextOpen(connection, now) is var opens && opens > now ? opens : null,
        };
    }

    private ConnectionSummary Summary(Connection connection, ConnectionBlock? block) => new(
        connection.Name,
        connection.ConnectorName,
        connection.Mode.ToString(),
        connection.BaseUrl?.ToString(),
        connection.Problem,
        block is null ? null : $"{block.Code}: {block.Message}",
        block?.Since,
        pacing.View(connection.Name));
}
