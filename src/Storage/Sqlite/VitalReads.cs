using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Whether the work goes on. Ids of runs sort by their time, so the oldest is the least.</summary>
internal static class VitalReads
{
    public static RunRow? OldestUnfinished(Session session, object? _)
    {
        // Each state by the partial index that holds it: without it SQLite walks all runs there ever were.
        using var query = session.Query(
            $"""
            SELECT {RunReads.Columns} FROM runs WHERE id = (
                SELECT min(id) FROM (
                    SELECT min(id) AS id FROM runs INDEXED BY runs_due WHERE state IN (0, 2)
                    UNION ALL SELECT min(id) FROM runs INDEXED BY runs_leased WHERE state = 1
                    UNION ALL SELECT min(id) FROM runs INDEXED BY runs_stopped WHERE state IN (3, 4, 6, 7, 8) AND state = 3
                    UNION ALL SELECT min(id) FROM runs INDEXED BY runs_stopped WHERE state IN (3, 4, 6, 7, 8) AND state = 4))
            """);
        return query.Step() ? RunReads.Read(query) : null;
    }

    public static IReadOnlyList<LeaseHolder> Leases(Session session, DateTimeOffset lapsedBefore)
    {
        using var query = session.Query(
            """
            SELECT owner, count(*), min(lease_until), sum(lease_until < ?1) FROM runs INDEXED BY runs_leased
            WHERE state = 1 GROUP BY owner ORDER BY owner
            """);
        query.Add(lapsedBefore);
        var holders = new List<LeaseHolder>();
        while (query.Step())
        {
            var row = new Row(query, "leases", "");
            holders.Add(new LeaseHolder(row.TextOrNull(0) ?? "", row.Integer(1), row.Moment(2), row.Integer(3)));
        }

        return holders;
    }
}
