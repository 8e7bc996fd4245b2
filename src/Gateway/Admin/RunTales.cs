using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Puts together what is known of runs: their attempts, what people did with them, and what holds them up.</summary>
public sealed class RunTales(IHubStore store, Why why, HookReport hooks, TimeProvider time)
{
    private const int MostActs = 100;

    /// <summary>An event with its runs, oldest first, and its story.</summary>
    public async Task<EventDetail> EventAsync(EventRow row, CancellationToken cancellationToken)
    {
        var runs = await store.ListRunsAsync(new RunQuery(EventId: row.Id), cancellationToken).ConfigureAwait(false);
        var (details, pasts) = (new List<RunDetail>(runs.Count), new List<RunPast>(runs.Count));
        foreach (var run in runs.Reverse())
        {
            var past = await PastAsync(run, cancellationToken).ConfigureAwait(false);
            pasts.Add(past);
            details.Add(await DetailAsync(past, row, cancellationToken).ConfigureAwait(false));
        }

        var repeats = hooks.Mentioning(row.Id, []).Where(noted => noted.Note.Event == row.Id).Select(noted => noted.Note.At).ToList();
        var summary = AdminViews.Summary(row, runs);
        return new EventDetail(summary, AdminViews.Json(row.Body)!.Value, details)
        {
            History = DecisionHistory.Of(row),
            Story = EventStory.Of(row, summary.Hook, repeats, pasts),
        };
    }

    /// <summary>One run, with its story.</summary>
    public async Task<RunDetail> RunAsync(RunRow run, CancellationToken cancellationToken)
    {
        var past = await PastAsync(run, cancellationToken).ConfigureAwait(false);
        var row = await store.FindEventAsync(run.EventId, cancellationToken).ConfigureAwait(false);
        return await DetailAsync(past, row, cancellationToken).ConfigureAwait(false) with { Acts = past.Acts };
    }

    private async Task<RunPast> PastAsync(RunRow run, CancellationToken cancellationToken)
    {
        var acts = await store.AuditAsync(run.Id, null, MostActs, cancellationToken).ConfigureAwait(false);
        return new RunPast(run, await store.AttemptsAsync(run.Id, cancellationToken).ConfigureAwait(false), [.. acts.Reverse()]);
    }

    private async Task<RunDetail> DetailAsync(RunPast past, EventRow? row, CancellationToken cancellationToken)
    {
        var run = past.Run;
        var detail = AdminViews.Detail(run, await why.ShortAsync(run.RecipeId, run.RecipeHash, cancellationToken).ConfigureAwait(false), past.Attempts);
        return detail.Advice is null && run.State is RunState.Queued or RunState.Waiting
            ? detail with { Advice = await HeldAsync(run, row, cancellationToken).ConfigureAwait(false) }
            : detail;
    }

    // A run that is held up looks like one that is about to begin.
    private async Task<string?> HeldAsync(RunRow run, EventRow? row, CancellationToken cancellationToken)
    {
        var pauses = await store.PausesAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return pauses.FirstOrDefault(pause => pause.IsAbout(run.RecipeId, row?.Hook ?? string.Empty, run.NextConnection)) is not { } held ? null
            : held.Kind == PauseKind.All ? Words("Everything", "all", held)
            : Words($"{held.Kind} {held.Name}", $"{held.Kind.ToString().ToLowerInvariant()} {held.Name}", held);
    }

    private static string Words(string what, string target, Pause pause) =>
        $"Nothing, if it is meant so: {what} is paused by {pause.Who}: {pause.Why}. To let it go on: connectorhub resume {target}";
}
