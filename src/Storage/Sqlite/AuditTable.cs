using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Who did what. Only ever added to; the table itself refuses anything else.</summary>
internal static class AuditTable
{
    public static bool Add(Session session, AuditEntry entry)
    {
        using var insert = session.Query("INSERT INTO audit (id, at, who, act, target, why, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        return insert.Add(entry.Id).Add(entry.At).Add(entry.Who).Add(entry.Act).Add(entry.Target).Add(entry.Why).Add(entry.Detail).Run() == 1;
    }

    public static IReadOnlyList<AuditEntry> List(Session session, (string? Target, string? BeforeId, int Limit) wanted)
    {
        var conditions = new Conditions();
        if (wanted.Target is { } target)
        {
            // A pause names the kind beside it, for a recipe may be called like a connection.
            conditions.AddTexts("target IN", [target, $"recipe {target}", $"connection {target}", $"hook {target}"]);
        }

        conditions.AddText("id <", wanted.BeforeId);
        using var query = session.QueryOnce($"SELECT id, at, who, act, target, why, detail FROM audit {conditions} ORDER BY id DESC LIMIT {Math.Max(0, wanted.Limit)}");
        conditions.AddTo(query);
        var entries = new List<AuditEntry>();
        while (query.Step())
        {
            var row = new Row(query, "an entry of the audit", "");
            entries.Add(new AuditEntry(row.Text(0), row.Moment(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6)));
        }

        return entries;
    }
}
