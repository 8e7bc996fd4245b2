using System.Text;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>Makes the set of the next range of events: one that has lost its set first, then the oldest that are in no block.</summary>
internal static class SearchDrafts
{
    // A block of large bodies ends earlier: to read it because its set cannot rule it out stays a short read.
    private const long MostBytes = 2 * 1024 * 1024;

    // Those that are being written now may be stored in another order than that of their ids.
    private const int Newest = 128;

    // Id, type, dedupe key, subject and body.
    private const int SearchedColumns = 5;

    /// <summary>Null where there is nothing to do.</summary>
    public static SearchDraft? Next(Session session, (GramSet Grams, int Events) wanted) => session.InSnapshot(wanted, static (session, wanted) =>
    {
        if (SearchTable.Stale(session) is { } stale)
        {
            return Make(session, stale.FirstId, stale.LastId + '\0', int.MaxValue, long.MaxValue, wanted.Grams) is { } again ? again with { Number = stale.Number } : null;
        }

        var from = SearchTable.Through(session) is { Length: > 0 } last ? last + '\0' : string.Empty;
        return IsFull(session, from, wanted.Events) ? Make(session, from, null, wanted.Events, MostBytes, wanted.Grams) : null;
    });

    private static bool IsFull(Session session, string from, int events)
    {
        using var query = session.Query("SELECT count(*), coalesce(sum(bytes), 0) FROM (SELECT length(body) AS bytes FROM events WHERE id >= ?1 ORDER BY id LIMIT ?2)");
        query.Add(from).Add(events + Newest).Step();
        return query.Integer(0) == events + Newest || (query.Integer(0) > Newest && query.Integer(1) >= 2 * MostBytes);
    }

    private static SearchDraft? Make(Session session, string from, string? before, int mostEvents, long mostBytes, GramSet grams)
    {
        using var query = session.Query(
            "SELECT id, type, dedupe_key, subject, body, received_at FROM events WHERE id >= ?1 AND id < coalesce(?2, x'') ORDER BY id");
        query.Add(from).Add(before);
        grams.Clear();
        var (first, last, firstAt, events, bytes) = ((string?)null, string.Empty, (long?)null, 0, 0L);
        while (events < mostEvents && bytes < mostBytes && query.Step())
        {
            last = Encoding.UTF8.GetString(query.Bytes(0));
            if (first is null)
            {
                (first, firstAt) = (last, query.IsInteger(5) ? query.Integer(5) : null);
            }

            events++;
            for (var column = 0; column < SearchedColumns; column++)
            {
                var read = query.Bytes(column);
                bytes += read.Length;
                EventText.AddTo(grams, read);
            }
        }

        return first is null ? null : new SearchDraft(null, first, last, firstAt, events, Slices.Of(grams));
    }
}
