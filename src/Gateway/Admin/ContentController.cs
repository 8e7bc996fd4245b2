using System.Text.Json;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>What is stored, as it came: bodies of events, texts of recipes.</summary>
[ApiController]
[Route("api")]
[Produces("application/json")]
public sealed class ContentController(IHubStore store, IRecipes recipes) : ControllerBase
{
    private const int MostListed = 500;

    /// <summary>Events with their bodies, newest first.</summary>
    /// <param name="since">Only those received at or after this.</param>
    /// <param name="before">Goes on where the last page ended: its <c>next</c>.</param>
    [HttpGet("events/content")]
    public async Task<EventContents> EventsAsync(DateTimeOffset? since, string? before, int limit = 100, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Clamp(limit, 1, MostListed);
        var rows = await store.ListEventsAsync(new EventQuery(BeforeId: before, Limit: wanted), cancellationToken).ConfigureAwait(false);
        var young = rows.TakeWhile(row => since is null || row.ReceivedAt >= since).ToList();
        var more = rows.Count == wanted && young.Count == rows.Count;
        return new EventContents([.. young.Select(Content)], more ? rows[^1].Id : null);
    }

    /// <summary>The text of a recipe.</summary>
    /// <param name="id">Its file without .yaml.</param>
    /// <param name="hash">How the hash of an earlier version begins, of which there is a run; without it, the version that is live.</param>
    [HttpGet("recipes/text")]
    public async Task<ActionResult<RecipeVersionText>> TextAsync(string id, string? hash, CancellationToken cancellationToken)
    {
        var live = recipes.Book.Find(id)?.Live;
        if (string.IsNullOrEmpty(hash) || live?.Hash.StartsWith(hash, StringComparison.Ordinal) == true)
        {
            return live is null ? NotFound() : new RecipeVersionText(id, live.Hash, live.Text);
        }

        return await FullHashAsync(id, hash, cancellationToken).ConfigureAwait(false) is { } full
            && await store.RecipeTextAsync(full, cancellationToken).ConfigureAwait(false) is { } text
            ? new RecipeVersionText(id, full, text)
            : NotFound();
    }

    private async Task<string?> FullHashAsync(string id, string start, CancellationToken cancellationToken)
    {
        string? before = null;
        while (true)
        {
            var runs = await store.ListRunsAsync(new RunQuery(RecipeId: id, BeforeId: before, Limit: MostListed), cancellationToken).ConfigureAwait(false);
            if (runs.FirstOrDefault(run => run.RecipeHash.StartsWith(start, StringComparison.Ordinal)) is { } found)
            {
                return found.RecipeHash;
            }

            if (runs.Count < MostListed)
            {
                return null;
            }

            before = runs[^1].Id;
        }
    }

    private static EventContent Content(EventRow row)
    {
        using var document = JsonDocument.Parse(row.Body);
        return new EventContent(row.Id, row.Connection, row.Hook, row.Source, row.Type, row.DedupeKey, row.Time, row.ReceivedAt, row.Test, document.RootElement.Clone());
    }
}

/// <summary>A page of events with their bodies.</summary>
/// <param name="Next">What to ask the next page with; null where there is none.</param>
public sealed record EventContents(IReadOnlyList<EventContent> Events, string? Next);

/// <summary>An event as it came.</summary>
public sealed record EventContent(
    string Id, string Connection, string Hook, string Source, string Type, string? DedupeKey, DateTimeOffset? Time, DateTimeOffset ReceivedAt, bool Test, JsonElement Body);

/// <summary>A version of a recipe.</summary>
public sealed record RecipeVersionText(string Id, string Hash, string Text);
