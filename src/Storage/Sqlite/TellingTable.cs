using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>What the hub tells of itself.</summary>
internal static class TellingTable
{
    private static readonly string UntoldSql =
        $"""
        SELECT connection, recipe_id, step, code, count(*) AS runs, min(at), max(at), max(printf('%020d', at) || id || ' ' || message)
        FROM (
            SELECT {RunFilters.Connection} AS connection, r.recipe_id, coalesce(r.error_step, '') AS step, coalesce(r.error_code, '') AS code,
                   coalesce(r.finished_at, r.created_at) AS at, r.id, coalesce(r.error_message, '') AS message
            FROM untold u JOIN runs r ON r.id = u.run_id
            WHERE u.seq <= ?1 AND r.state = 8
        )
        GROUP BY connection, recipe_id, step, code
        ORDER BY runs DESC, connection, recipe_id, step, code
        """;

    public static IReadOnlyList<TellingRow> All(Session session, object? _)
    {
        using var query = session.Query("SELECT type, cause, mark, waiting, since, told_at, facts FROM tellings ORDER BY type, cause");
        var rows = new List<TellingRow>();
        while (query.Step())
        {
            var row = new Row(query, "what was told of", "");
            rows.Add(new TellingRow(row.Text(0), row.Text(1), row.Text(2), row.Integer(3), row.MomentOrNull(4), row.MomentOrNull(5), row.Blob(6)));
        }

        return rows;
    }

    public static UntoldDeadLetters Untold(Session session, int most)
    {
        if (LastOf(session, most) is not { } upTo)
        {
            return new UntoldDeadLetters([], null);
        }

        using var query = session.Query(UntoldSql);
        query.Add(upTo);
        var groups = new List<CauseGroup>();
        while (query.Step())
        {
            var row = new Row(query, "a group of dead letters", "");
            var (run, message) = RunFilters.Newest(row.Text(7));
            groups.Add(new CauseGroup(
                RunState.DeadLettered, row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Integer(4), row.Moment(5), row.Moment(6), run, message));
        }

        return new UntoldDeadLetters(groups, upTo);
    }

    public static IReadOnlyList<AcceptedEvent> Tell(Session session, PreparedTelling prepared)
    {
        var accepted = prepared.Deliveries.SelectMany(delivery => AcceptWrite.Do(session, delivery)).ToList();
        foreach (var row in prepared.Telling.Changed)
        {
            Keep(session, row);
        }

        foreach (var (type, cause) in prepared.Telling.Gone)
        {
            using var delete = session.Query("DELETE FROM tellings WHERE type = ?1 AND cause = ?2");
            delete.Add(type).Add(cause).Run();
        }

        if (prepared.Telling.UpTo is { } upTo)
        {
            using var delete = session.Query("DELETE FROM untold WHERE seq <= ?1");
            delete.Add(upTo).Run();
        }

        return accepted;
    }

    private static long? LastOf(Session session, int most)
    {
        using var query = session.Query("SELECT max(seq) FROM (SELECT seq FROM untold ORDER BY seq LIMIT ?1)");
        query.Add(most).Step();
        return query.IsNull(0) ? null : query.Integer(0);
    }

    private static void Keep(Session session, TellingRow row)
    {
        using var upsert = session.Query(
            """
            INSERT INTO tellings (type, cause, mark, waiting, since, told_at, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (type, cause) DO UPDATE SET
                mark = excluded.mark, waiting = excluded.waiting, since = excluded.since, told_at = excluded.told_at, facts = excluded.facts
            """);
        upsert.Add(row.Type).Add(row.Cause).Add(row.Mark).Add(row.Waiting).Add(row.Since).Add(row.ToldAt).Add(row.Facts).Run();
    }
}

/// <param name="Deliveries">Those of the telling.</param>
internal sealed record PreparedTelling(Telling Telling, IReadOnlyList<PreparedDelivery> Deliveries);
