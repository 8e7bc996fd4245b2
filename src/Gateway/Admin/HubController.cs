using System.Reflection;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>The gateway itself: status, recipes.</summary>
[ApiController]
[Route("api")]
[Produces("application/json")]
public sealed class HubController(IHubStore store, IRecipes recipes, HookReport hooks, TimeProvider time) : ControllerBase
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
}
