namespace ConnectorHub.Storage.Sqlite;

/// <summary>Lines of runs that go one after the other: numbered as they are accepted, each due when the one before has ended.</summary>
internal static class Lines
{
    /// <summary>What holds up those behind it.</summary>
    private const string Holds = "(state IN (0, 1, 2, 3, 4) OR (state = 8 AND order_strict = 1))";

    /// <summary>The number of a new run in its line, and whether it has to wait.</summary>
    public static (long Number, bool Waits) Join(Session session, string key)
    {
        using var last = session.Query("SELECT coalesce(max(order_number), 0) + 1 FROM runs WHERE order_key = ?1");
        last.Add(key).Step();
        var number = last.Integer(0);
        return (number, number > 1 && IsHeld(session, key, number));
    }

    /// <summary>A run has left its line, or holds it no longer: the next is due, unless another is before it.</summary>
    public static void Advance(Session session, string runId, DateTimeOffset now)
    {
        string? key;
        using (var query = session.Query("SELECT order_key FROM runs WHERE id = ?1"))
        {
            key = query.Add(runId).Step() ? new Row(query, "run", runId).TextOrNull(0) : null;
        }

        if (key is null)
        {
            return;
        }

        string? next = null;
        long number = 0;
        using (var query = session.Query(
            "SELECT id, order_number FROM runs WHERE order_key = ?1 AND state = 0 AND due_at IS NULL ORDER BY order_number LIMIT 1"))
        {
            if (query.Add(key).Step())
            {
                var row = new Row(query, "a run in line", key);
                (next, number) = (row.Text(0), row.Integer(1));
            }
        }

        if (next is not null && !IsHeld(session, key, number))
        {
            using var update = session.Query("UPDATE runs SET due_at = ?2 WHERE id = ?1");
            update.Add(next).Add(now).Run();
        }
    }

    /// <summary>A run has gone to the end of its line: it waits for those before it, and who waited for it waits no longer.</summary>
    public static void Rejoin(Session session, string runId, DateTimeOffset now)
    {
        string key;
        long number;
        using (var query = session.Query("SELECT order_key, order_number FROM runs WHERE id = ?1 AND order_key IS NOT NULL"))
        {
            if (!query.Add(runId).Step())
            {
                return;
            }

            var row = new Row(query, "run", runId);
            (key, number) = (row.Text(0), row.Integer(1));
        }

        if (IsHeld(session, key, number))
        {
            using var update = session.Query("UPDATE runs SET due_at = NULL WHERE id = ?1");
            update.Add(runId).Run();
        }

        Advance(session, runId, now);
    }

    /// <summary>The run of a line that may be claimed now.</summary>
    public static string? Next(Session session, (string Key, DateTimeOffset Now) wanted)
    {
        using var query = session.Query(
            "SELECT id FROM runs WHERE order_key = ?1 AND state IN (0, 2) AND due_at <= ?2 ORDER BY order_number LIMIT 1");
        return query.Add(wanted.Key).Add(wanted.Now).Step() ? new Row(query, "a run in line", wanted.Key).Text(0) : null;
    }

    private static bool IsHeld(Session session, string key, long number)
    {
        using var query = session.Query($"SELECT 1 FROM runs WHERE order_key = ?1 AND order_number < ?2 AND {Holds} LIMIT 1");
        return query.Add(key).Add(number).Step();
    }
}
