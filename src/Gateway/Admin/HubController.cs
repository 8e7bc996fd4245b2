using System.Reflection;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Scripting;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>The gateway itself: status, recipes.</summary>
[ApiController]
[Route("api")]
[Produces("application/json")]
public sealed class HubController(IHubStore store, IRecipes recipes, IConnections connections, HookReport hooks, TimeProvider time) : ControllerBase
{
    /// <summary>The gateway at a glance.</summary>
    [HttpGet("status")]
    public async Task<StatusAnswer> StatusAsync([FromServices] ScriptPool pool, [FromServices] ScriptQuarantine quarantine, CancellationToken cancellationToken)
    {
        var counts = await store.CountsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new StatusAnswer(version, store.CanCommit, counts.Events, counts.Runs.ToDictionary(c => c.Key.ToString(), c => c.Value), counts.OldestDue, hooks.Refused)
        {
            Scripts = ScriptsAnswer.Of(pool.Status, quarantine),
        };
    }

    /// <summary>Every recipe file and what is live of it.</summary>
    [HttpGet("recipes")]
    public IReadOnlyList<RecipeSummary> Recipes()
    {
        var book = connections.Current;
        return [.. recipes.Book.Entries.Select(entry => AdminViews.Summary(entry, entry.Live is { } live ? book.NotReady(live) : null))];
    }
}
