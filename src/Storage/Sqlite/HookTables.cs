using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>What is kept of hooks beside their events.</summary>
internal static class HookTables
{
    private const int LastScope = (int)HookScope.OtherConnections;

    public static bool Keep(Session session, (IReadOnlyList<HookRow> Rows, Liveness Liveness) changed)
    {
        foreach (var row in changed.Rows)
        {
            Keep(session, row);
        }

        using var upsert = session.Query(
            """
            INSERT INTO liveness (id, alive_at, down_from, down_until) VALUES (1, ?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET alive_at = excluded.alive_at, down_from = excluded.down_from, down_until = excluded.down_until
            """);
        var down = changed.Liveness.LastDowntime;
        return upsert.Add(changed.Liveness.AliveAt).Add(down?.From).Add(down?.Until).Run() == 1;
    }

    public static IReadOnlyList<HookRow> All(Session session, object? _)
    {
        using var query = session.Query(
            """
            SELECT connection, hook_event, scope, events, tests, first_event, first_at, last_event, last_at, duplicates, other_bodies, state, notes
            FROM hooks
            ORDER BY connection, hook_event, scope
            """);
        var all = new List<HookRow>();
        while (query.Step())
        {
            var names = new Row(query, "the row of a hook", string.Empty);
            all.Add(Read(new Row(query, "the row of hook", $"{names.Text(0)}/{names.Text(1)}")));
        }

        return all;
    }

    public static Liveness? Liveness(Session session, object? _)
    {
        using var query = session.Query("SELECT alive_at, down_from, down_until FROM liveness WHERE id = 1");
        if (!query.Step())
        {
            return null;
        }

        var row = new Row(query, "the row of liveness", "1");
        return new Liveness(row.Moment(0), row.MomentOrNull(1) is { } from ? new Downtime(from, row.Moment(2)) : null);
    }

    private static void Keep(Session session, HookRow row)
    {
        using var upsert = session.Query(
            """
            INSERT INTO hooks
                (scope, connection, hook_event, events, tests, first_event, first_at, last_event, last_at, duplicates, other_bodies, state, notes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, coalesce(?13, x'5b5d'))
            ON CONFLICT (scope, connection, hook_event) DO UPDATE SET
                events = excluded.events, tests = excluded.tests,
                first_event = excluded.first_event, first_at = excluded.first_at,
                last_event = excluded.last_event, last_at = excluded.last_at,
                duplicates = excluded.duplicates, other_bodies = excluded.other_bodies,
                state = excluded.state, notes = coalesce(?13, notes)
            """);
        var came = row.Arrivals;
        upsert.Add((int)row.Scope).Add(row.Connection).Add(row.HookEvent)
            .Add(came?.Events ?? 0).Add(came?.Tests ?? 0)
            .Add(came?.First.EventId).Add(came?.First.At).Add(came?.Last.EventId).Add(came?.Last.At)
            .Add(row.Duplicates).Add(row.OtherBodies).Add(row.State).Add(row.Notes)
            .Run();
    }

    private static HookRow Read(Row row) => new(
        (HookScope)row.State(2, LastScope),
        row.Text(0),
        row.Text(1),
        row.Integer(3) == 0
            ? null
            : new HookArrivals(row.Integer(3), row.Integer(4), new Sighting(row.Text(5), row.Moment(6)), new Sighting(row.Text(7), row.Moment(8))),
        row.Integer(9),
        row.Integer(10),
        row.Blob(11),
        row.Blob(12));
}
