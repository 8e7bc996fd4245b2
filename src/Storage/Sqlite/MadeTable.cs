using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>What steps with a key have made.</summary>
internal static class MadeTable
{
    public static void Keep(Session session, string runId, DateTimeOffset now, Made made)
    {
        using var insert = session.Query(
            """
            INSERT INTO made (connection, kind, key, run_id, made_at, until, output)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (connection, kind, key) DO UPDATE
            SET run_id = excluded.run_id, made_at = excluded.made_at, until = excluded.until, output = excluded.output
            """);
        insert.Add(made.Connection).Add(made.Kind).Add(made.Key).Add(runId).Add(now).Add(made.Until).Add(made.Output).Run();
    }

    public static ReadOnlyMemory<byte>? Find(Session session, (string Connection, string Kind, string Key, DateTimeOffset Now) wanted)
    {
        using var query = session.Query("SELECT output FROM made WHERE connection = ?1 AND kind = ?2 AND key = ?3 AND until > ?4");
        return query.Add(wanted.Connection).Add(wanted.Kind).Add(wanted.Key).Add(wanted.Now).Step()
            ? Output(query, wanted.Key)
            : null;
    }

    public static ReadOnlyMemory<byte>? Recall(Session session, (string Key, DateTimeOffset Now) wanted)
    {
        using var query = session.Query("SELECT output FROM made WHERE key = ?1 AND until > ?2 ORDER BY made_at DESC LIMIT 1");
        return query.Add(wanted.Key).Add(wanted.Now).Step() ? Output(query, wanted.Key) : null;
    }

    // Nothing found is null, and not an empty output.
    private static ReadOnlyMemory<byte>? Output(Statement query, string key) => new Row(query, "what was made under key", key).Blob(0);
}
