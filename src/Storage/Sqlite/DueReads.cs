using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// Which runs may be claimed. The runs of each connection are read by themselves, so that a million that wait for a blocked
/// connection are passed over in one step instead of one by one.
/// </summary>
internal static class DueReads
{
    public static IReadOnlyList<string> Due(Session session, (DateTimeOffset Now, int Limit) wanted) =>
        session.InSnapshot(wanted, static (session, wanted) => Find(session, wanted.Now, wanted.Limit).ConvertAll(due => due.Id));

    public static StoreCounts Counts(Session session, DateTimeOffset now) => session.InSnapshot(now, static (session, now) =>
    {
        var oldest = Find(session, now, 1);
        return new StoreCounts(Events(session), Runs(session), oldest.Count == 0 ? null : Micros.ToMoment(oldest[0].At));
    });

    private static List<(string Id, long At)> Find(Session session, DateTimeOffset now, int limit)
    {
        var due = new List<(string Id, long At)>();
        for (var next = NextConnection(session, ""); next is not null; next = NextConnection(session, next + '\0'))
        {
            if (!IsBlocked(session, next) && !Pauses.Holds(session, next, now))
            {
                AddWaiting(session, next, now, limit, due);
            }
        }

        AddLapsed(session, now, limit, due);
        due.Sort(static (one, other) => (one.At, one.Id).CompareTo((other.At, other.Id)));
        return due.Count <= limit ? due : due.GetRange(0, Math.Max(0, limit));
    }

    private static string? NextConnection(Session session, string from)
    {
        using var query = session.Query(
            """
            SELECT next_connection FROM runs
            WHERE state IN (0, 2) AND next_connection >= ?1 ORDER BY next_connection LIMIT 1
            """);
        return query.Add(from).Step() ? new Row(query, "a due run", "").Text(0) : null;
    }

    private static bool IsBlocked(Session session, string connection)
    {
        using var query = session.Query("SELECT 1 FROM connection_blocks WHERE connection = ?1");
        return query.Add(connection).Step();
    }

    private static void AddWaiting(Session session, string connection, DateTimeOffset now, int limit, List<(string Id, long At)> due)
    {
        using var query = session.Query(
            $"""
            SELECT id, due_at FROM runs
            WHERE state IN (0, 2) AND next_connection = ?1 AND due_at <= ?2 AND {Pauses.None("?2")} ORDER BY due_at LIMIT ?3
            """);
        query.Add(connection).Add(now).Add(limit);
        AddAll(query, due);
    }

    private static void AddLapsed(Session session, DateTimeOffset now, int limit, List<(string Id, long At)> due)
    {
        using var query = session.Query(
            $"""
            SELECT id, lease_until FROM runs
            WHERE state = 1 AND lease_until <= ?1 AND next_connection NOT IN (SELECT connection FROM connection_blocks) AND {Pauses.None("?1")}
            ORDER BY lease_until LIMIT ?2
            """);
        query.Add(now).Add(limit);
        AddAll(query, due);
    }

    private static void AddAll(Statement query, List<(string Id, long At)> due)
    {
        while (query.Step())
        {
            var id = new Row(query, "a due run", "").Text(0);
            due.Add((id, Micros.From(new Row(query, "run", id).Moment(1))));
        }
    }

    private static long Events(Session session)
    {
        using var query = session.Query("SELECT events FROM event_count");
        query.Step();
        return new Row(query, "the count of events", "").Integer(0);
    }

    private static Dictionary<RunState, long> Runs(Session session)
    {
        using var query = session.Query("SELECT state, runs FROM run_counts");
        var counts = Enum.GetValues<RunState>().ToDictionary(state => state, _ => 0L);
        while (query.Step())
        {
            var row = new Row(query, "the count of runs", "");
            counts[(RunState)row.State(0, (int)RunState.DeadLettered)] = row.Integer(1);
        }

        return counts;
    }
}
