using System.Reflection;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>The gateway itself: status, recipes, connections.</summary>
[ApiController]
[Route("api")]
[Produces("application/json")]
public sealed class HubController(IHubStore store, IRecipes recipes, IConnections connections, Pacing pacing, HookReport hooks, TimeProvider time) : ControllerBase
{
    /// <summary>The gateway at a glance.</summary>
    [HttpGet("status")]
    public async Task<StatusAnswer> StatusAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new StatusAnswer(version, store.CanCommit, counts.Events, counts.Runs.ToDictionary(c => c.Key.ToString(), c => c.Value), counts.OldestDue, hooks.Refused);
    }

    /// <summary>Every recipe file and what is live of it.</summary>
    [HttpGet("recipes")]
    public IReadOnlyList<RecipeSummary> Recipes() => [.. recipes.Book.Entries.Select(Summary)];

    /// <summary>Every connection, without its secrets.</summary>
    [HttpGet("connections")]
    public async Task<IReadOnlyList<ConnectionSummary>> ConnectionsAsync(CancellationToken cancellationToken)
    {
        var blocks = (await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(block => block.Connection, StringComparer.Ordinal);
        return [.. connections.Current.All.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => Summary(c, blocks.GetValueOrDefault(c.Name)))];
    }

    /// <summary>Lifts a connection's block; its runs go on at once.</summary>
    [HttpPost("connections/{name}/release")]
    public async Task<ActionResult<ReleaseAnswer>> ReleaseAsync(string name, CancellationToken cancellationToken)
        => connections.Current.Find(name) is null
            ? NotFound()
            : new ReleaseAnswer(name, await store.ReleaseConnectionAsync(name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false));

    /// <summary>Asks the platform whether a connection's credentials work; one that works again is released. Writes nothing there.</summary>
    [HttpPost("connections/{name}/check")]
    public async Task<ActionResult<CheckAnswer>> CheckAsync(string name, [FromServices] ConnectionCheck check, CancellationToken cancellationToken)
        => await check.AskAsync(name, cancellationToken).ConfigureAwait(false) switch
        {
            null => NotFound(),
            { Outcome: StepOutcome.Done done } works => new CheckAnswer(name, true, done.Output, null, works.Released),
            { Outcome: StepOutcome.Failed failed } => new CheckAnswer(name, false, null, $"{failed.Code}: {failed.Message}", 0),
            _ => new CheckAnswer(name, false, null, "The connection rehearses, and its check would write.", 0),
        };

    private static RecipeSummary Summary(BookEntry entry) => new(
        entry.Id,
        entry.File,
        entry.Live?.Name ?? string.Empty,
        State(entry),
        entry.Live?.Hash ?? string.Empty,
        [.. entry.Findings.Select(finding => finding.ToString())]);

    private static string State(BookEntry entry) => entry switch
    {
        { Live: null } => "broken",
        { IsLastGood: true } => "broken; its last good version is live",
        { Live.Mode: RecipeMode.Rehearse } => "rehearse",
        { Live.Mode: RecipeMode.Off } => "off",
        _ => "live",
    };

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
