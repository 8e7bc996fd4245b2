using System.Globalization;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Replays for later.</summary>
internal static class PlanTable
{
    private const string Columns =
        "id, filter, how, coalesce(cast(per_second AS TEXT), ''), cron, zone, who, why, created_at, paused, next_at, firing_at, last_at, result";

    public static bool Keep(Session session, (PlanRow Plan, AuditEntry Entry) keep)
    {
        var plan = keep.Plan;
        using (var insert = session.Query(
            """
            INSERT INTO plans (id, filter, how, per_second, cron, zone, who, why, created_at, paused, next_at)
            VALUES (?1, ?2, ?3, cast(?4 AS REAL), ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (id) DO UPDATE SET
                per_second = excluded.per_second, cron = excluded.cron, zone = excluded.zone, paused = excluded.paused, next_at = excluded.next_at
            """))
        {
            insert.Add(plan.Id).Add(plan.Filter).Add(plan.How).Add(plan.PerSecond?.ToString("R", CultureInfo.InvariantCulture)).Add(plan.Cron).Add(plan.Zone)
                .Add(plan.Who).Add(plan.Why).Add(plan.CreatedAt).Add(plan.Paused).Add(plan.NextAt).Run();
        }

        return AuditTable.Add(session, keep.Entry);
    }

    public static bool Drop(Session session, (string Id, AuditEntry Entry) drop)
    {
        using (var delete = session.Query("DELETE FROM plans WHERE id = ?1"))
        {
            if (delete.Add(drop.Id).Run() == 0)
            {
                return false;
            }
        }

        return AuditTable.Add(session, drop.Entry);
    }

    public static IReadOnlyList<PlanRow> All(Session session, object? _)
    {
        using var query = session.Query($"SELECT {Columns} FROM plans ORDER BY next_at IS NULL, next_at, id");
        var plans = new List<PlanRow>();
        while (query.Step())
        {
            var row = new Row(query, "a plan", "");
            plans.Add(new PlanRow(
                row.Text(0), row.Text(1), row.Text(2), row.Text(3) is { Length: > 0 } rate ? double.Parse(rate, CultureInfo.InvariantCulture) : null, row.Text(4), row.Text(5),
                row.Text(6), row.Text(7), row.Moment(8), row.Flag(9), row.MomentOrNull(10), row.MomentOrNull(11), row.MomentOrNull(12), row.Text(13)));
        }

        return plans;
    }

    public static bool Begin(Session session, (string Id, DateTimeOffset Due, DateTimeOffset? Next) begin)
    {
        using var update = session.Query("UPDATE plans SET firing_at = ?2, next_at = ?3 WHERE id = ?1 AND next_at = ?2 AND firing_at IS NULL AND paused = 0");
        return update.Add(begin.Id).Add(begin.Due).Add(begin.Next).Run() == 1;
    }

    public static bool End(Session session, (string Id, DateTimeOffset Due, string Result, AuditEntry Entry) end)
    {
        using (var update = session.Query("UPDATE plans SET firing_at = NULL, last_at = ?2, result = ?3 WHERE id = ?1 AND firing_at = ?2"))
        {
            if (update.Add(end.Id).Add(end.Due).Add(end.Result).Run() == 0)
            {
                return false;
            }
        }

        return AuditTable.Add(session, end.Entry);
    }
}
