using ConnectorHub.Runs.Store;
using ConnectorHub.Storage.Sqlite.Search;

namespace ConnectorHub.Storage.Sqlite.Forgetting;

/// <summary>A part of the events, oldest first.</summary>
/// <param name="Ids">Those that may go.</param>
/// <param name="Last">Where the next part begins.</param>
/// <param name="End">There is none, or none that is old.</param>
internal sealed record OldPage(IReadOnlyList<string> Ids, string Last, bool End);

/// <summary>Events whose time is over. Whether one may go is asked again in the transaction that removes it: a person may have replayed a run meanwhile.</summary>
internal static class OldEvents
{
    // Rows one transaction removes at most, unless a single event has more: others wait for it.
    private const int MostRows = 300;
    private const int PageRows = 500;

    // The states of the runs that let their event go: Succeeded, Expired, Cancelled. A connection's newest event stays: a schedule knows by it when
    // it fired last.
    private const string MayGo =
        """
        CASE
            WHEN e.id = (SELECT max(newest.id) FROM events newest WHERE newest.connection = e.connection) THEN 0
            WHEN NOT EXISTS (SELECT 1 FROM runs r WHERE r.event_id = e.id) THEN e.received_at < ?3
            ELSE e.received_at < ?2 AND NOT EXISTS (
                SELECT 1 FROM runs r WHERE r.event_id = e.id AND (r.state NOT IN (5, 6, 7) OR coalesce(r.finished_at, r.created_at) >= ?2))
        END
        """;

    public static OldPage Page(Session session, (string After, KeptSince Kept) wanted)
    {
        using var query = session.Query(
            $"SELECT e.id, e.received_at < max(?2, ?3), {MayGo} FROM events e WHERE e.id > ?1 ORDER BY e.id LIMIT ?4");
        query.Add(wanted.After).Add(wanted.Kept.Events).Add(wanted.Kept.Unmatched).Add(PageRows);
        var ids = new List<string>();
        var (rows, old, last) = (0, false, wanted.After);
        while (query.Step())
        {
            rows++;
            last = new Row(query, "an event", "").Text(0);
            old |= query.Integer(1) == 1;
            if (query.Integer(2) == 1)
            {
                ids.Add(last);
            }
        }

        // Ids follow the order of arrival but for a clock that was set back: a whole page of young ones is the end of the old.
        return new OldPage(ids, last, rows < PageRows || !old);
    }

    /// <summary>Removes as many as fit into one transaction, from one on; answers which is next.</summary>
    public static (Forgotten Gone, int Next) Drop(Session session, (IReadOnlyList<string> Ids, int From, KeptSince Kept) drop)
    {
        var gone = Forgotten.Nothing;
        var at = drop.From;
        while (at < drop.Ids.Count && gone.Events + gone.Runs + gone.Attempts < MostRows)
        {
            gone = gone.And(Drop(session, drop.Ids[at++], drop.Kept));
        }

        return (gone, at);
    }

    private static Forgotten Drop(Session session, string id, KeptSince kept)
    {
        using (var query = session.Query($"SELECT 1 FROM events e WHERE e.id = ?1 AND {MayGo}"))
        {
            if (!query.Add(id).Add(kept.Events).Add(kept.Unmatched).Step())
            {
                return Forgotten.Nothing;
            }
        }

        var attempts = Run(session, "DELETE FROM attempts WHERE run_id IN (SELECT id FROM runs WHERE event_id = ?1)", id);
        var runs = Run(session, "DELETE FROM runs WHERE event_id = ?1", id);
        var events = Run(session, "DELETE FROM events WHERE id = ?1", id);
        SearchTable.Leaves(session, id);
        return new Forgotten(events, runs, attempts, 0);
    }

    private static int Run(Session session, string sql, string id)
    {
        using var statement = session.Query(sql);
        return statement.Add(id).Run();
    }
}
