using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What a search found.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="More">There is at least one more.</param>
/// <param name="Searched">How many events were looked at.</param>
/// <param name="Since">When the oldest of these was received; null where there was none.</param>
/// <param name="Everything">False where older ones were not looked at: there was enough, or no more time.</param>
public sealed record FoundEvents(IReadOnlyList<EventRow> Events, bool More, long Searched, DateTimeOffset? Since, bool Everything);

/// <summary>
/// Finds events by an id of ours or of the platform, or by any text in them. It looks through them page by page, newest first, so that it holds
/// up no writer, and ends in time.
/// </summary>
public sealed class EventSearch(IHubStore store, TimeProvider time)
{
    /// <summary>After this it says how far it came.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int PageRows = 2000;

    public async Task<FoundEvents> FindAsync(string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return await ByIdAsync(text, cancellationToken).ConfigureAwait(false) is { } row
            ? new FoundEvents([row], false, 1, row.ReceivedAt, false)
            : await ByTextAsync(text, most, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EventRow?> ByIdAsync(string text, CancellationToken cancellationToken)
    {
        if (text.StartsWith("evt_", StringComparison.Ordinal))
        {
            return await store.FindEventAsync(text, cancellationToken).ConfigureAwait(false);
        }

        return text.StartsWith("run_", StringComparison.Ordinal) && await store.FindRunAsync(text, cancellationToken).ConfigureAwait(false) is { } run
            ? await store.FindEventAsync(run.EventId, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<FoundEvents> ByTextAsync(string text, int most, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var found = new List<EventRow>();
        var (searched, before, since) = (0L, (string?)null, (DateTimeOffset?)null);
        while (true)
        {
            // One more than asked for tells that there are more.
            var wanted = new EventQuery(text, BeforeId: before, Limit: most + 1 - found.Count);
            var page = await store.SearchEventsAsync(wanted, PageRows, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Found);
            (searched, before, since) = (searched + page.Searched, page.LastId, page.LastAt ?? since);
            if (page.End || found.Count > most || time.GetElapsedTime(start) >= Patience)
            {
                return new FoundEvents([.. found.Take(most)], found.Count > most, searched, since, page.End);
            }
        }
    }
}
