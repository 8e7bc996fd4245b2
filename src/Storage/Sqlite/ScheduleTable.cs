using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Schedules that are held up or have missed something, and how far the hub's own have come.</summary>
internal static class ScheduleTable
{
    public static bool Hold(Session session, (string Id, ScheduleHold Hold, AuditEntry Entry) hold)
    {
        using (var insert = session.Query(
            """
            INSERT INTO schedules (id, held_since, who, why) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE SET held_since = excluded.held_since, who = excluded.who, why = excluded.why WHERE held_since IS NULL
            """))
        {
            if (insert.Add(hold.Id).Add(hold.Hold.Since).Add(hold.Hold.Who).Add(hold.Hold.Why).Run() == 0)
            {
                return false;
            }
        }

        return AuditTable.Add(session, hold.Entry);
    }

    public static bool LetGo(Session session, (string Id, AuditEntry Entry) letGo)
    {
        using (var update = session.Query("UPDATE schedules SET held_since = NULL, who = '', why = '' WHERE id = ?1 AND held_since IS NOT NULL"))
        {
            if (update.Add(letGo.Id).Run() == 0)
            {
                return false;
            }
        }

        return AuditTable.Add(session, letGo.Entry);
    }

    public static bool CountMissed(Session session, (string Id, MissedCount Count) missed)
    {
        using var insert = session.Query(
            """
            INSERT INTO schedules (id, missed, made_up, missed_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE SET missed = missed + excluded.missed, made_up = made_up + excluded.made_up, missed_at = excluded.missed_at
            """);
        return insert.Add(missed.Id).Add(missed.Count.Missed).Add(missed.Count.MadeUp).Add(missed.Count.At).Run() == 1;
    }

    /// <summary>A job that came late by two ways at once is counted once: the last time only moves on.</summary>
    public static bool Done(Session session, (string Id, DateTimeOffset At, MissedCount? Missed) done)
    {
        using (var insert = session.Query(
            """
            INSERT INTO schedules (id, last_at) VALUES (?1, ?2)
            ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at WHERE last_at IS NULL OR last_at < excluded.last_at
            """))
        {
            if (insert.Add(done.Id).Add(done.At).Run() == 0)
            {
                return false;
            }
        }

        return done.Missed is not { } missed || CountMissed(session, (done.Id, missed));
    }

    public static IReadOnlyList<ScheduleRow> All(Session session, object? _)
    {
        using var query = session.Query("SELECT id, held_since, who, why, missed, made_up, missed_at, last_at FROM schedules ORDER BY id");
        var rows = new List<ScheduleRow>();
        while (query.Step())
        {
            var row = new Row(query, "a schedule", "");
            rows.Add(new ScheduleRow(
                row.Text(0),
                row.MomentOrNull(1) is { } since ? new ScheduleHold(since, row.Text(2), row.Text(3)) : null,
                row.MomentOrNull(6) is { } at ? new MissedCount(row.Integer(4), row.Integer(5), at) : null)
            {
                LastAt = row.MomentOrNull(7),
            });
        }

        return rows;
    }
}
