using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>What people hold up. No run is touched by it: claims and searches for due runs pass over what is paused.</summary>
internal static class Pauses
{
    private const string Hook =
        "(SELECT e.connection || CASE WHEN e.hook_event = '' THEN '' ELSE '/' || e.hook_event END FROM events e WHERE e.id = runs.event_id)";

    private const string Fits =
        $"(p.kind = 0 OR (p.kind = 1 AND p.name = runs.recipe_id) OR (p.kind = 2 AND p.name = runs.next_connection) OR (p.kind = 3 AND p.name = {Hook}))";

    /// <summary>A condition on a row of runs.</summary>
    /// <param name="now">The parameter that holds the moment.</param>
    public static string None(string now) => $"NOT EXISTS (SELECT 1 FROM pauses p WHERE (p.until IS NULL OR p.until > {now}) AND {Fits})";

    /// <summary>True where nothing of a connection can be due.</summary>
    public static bool Holds(Session session, string connection, DateTimeOffset now)
    {
        using var query = session.Query("SELECT 1 FROM pauses WHERE (until IS NULL OR until > ?2) AND (kind = 0 OR (kind = 2 AND name = ?1))");
        return query.Add(connection).Add(now).Step();
    }

    public static bool Begin(Session session, (Pause Pause, AuditEntry Entry) begin)
    {
        var pause = begin.Pause;
        using (var insert = session.Query(
            """
            INSERT INTO pauses (kind, name, since, until, who, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (kind, name) DO UPDATE SET
                since = CASE WHEN until IS NOT NULL AND until <= excluded.since THEN excluded.since ELSE since END,
                until = excluded.until, who = excluded.who, why = excluded.why
            """))
        {
            insert.Add((int)pause.Kind).Add(pause.Name).Add(pause.Since).Add(pause.Until).Add(pause.Who).Add(pause.Why).Run();
        }

        return AuditTable.Add(session, begin.Entry);
    }

    public static bool End(Session session, (PauseKind Kind, string Name, AuditEntry Entry) end)
    {
        using (var delete = session.Query("DELETE FROM pauses WHERE kind = ?1 AND name = ?2"))
        {
            if (delete.Add((int)end.Kind).Add(end.Name).Run() == 0)
            {
                return false;
            }
        }

        return AuditTable.Add(session, end.Entry);
    }

    public static IReadOnlyList<Pause> All(Session session, DateTimeOffset now)
    {
        using var query = session.Query("SELECT kind, name, since, until, who, why FROM pauses WHERE until IS NULL OR until > ?1 ORDER BY kind, name");
        query.Add(now);
        var pauses = new List<Pause>();
        while (query.Step())
        {
            var row = new Row(query, "a pause", "");
            pauses.Add(new Pause((PauseKind)row.State(0, (int)PauseKind.Hook), row.Text(1), row.Moment(2), row.MomentOrNull(3), row.Text(4), row.Text(5)));
        }

        return pauses;
    }

    public static IReadOnlyList<PauseView> Views(Session session, DateTimeOffset now) =>
        session.InSnapshot(now, static (session, now) => (IReadOnlyList<PauseView>)[.. All(session, now).Select(pause => View(session, pause, now))]);

    private static PauseView View(Session session, Pause pause, DateTimeOffset now)
    {
        using var query = session.Query(
            $"""
            SELECT count(*), min(runs.due_at) FROM runs JOIN pauses p ON p.kind = ?1 AND p.name = ?2
            WHERE runs.state IN (0, 2) AND runs.due_at <= ?3 AND {Fits}
            """);
        query.Add((int)pause.Kind).Add(pause.Name).Add(now).Step();
        var row = new Row(query, "a pause", pause.Name);
        return new PauseView(pause, row.Integer(0), row.MomentOrNull(1));
    }
}
