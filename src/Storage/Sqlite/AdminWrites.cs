using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Blocked connections and admin tokens.</summary>
internal static class AdminWrites
{
    public static bool Block(Session session, ConnectionBlock block)
    {
        using var insert = session.Query(
            """
            INSERT INTO connection_blocks (connection, credential_version, code, message, since)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (connection) DO NOTHING
            """);
        return insert.Add(block.Connection).Add(block.CredentialVersion).Add(block.Code).Add(block.Message).Add(block.Since)
            .Run() == 1;
    }

    public static int Release(Session session, (string Connection, DateTimeOffset Now) release)
    {
        using (var delete = session.Query("DELETE FROM connection_blocks WHERE connection = ?1"))
        {
            delete.Add(release.Connection).Run();
        }

        // The list of states is the one of the partial index that finds them.
        using var update = session.Query(
            """
            UPDATE runs SET state = 0, due_at = ?2
            WHERE state IN (3, 4, 6, 7, 8) AND state = 3 AND next_connection = ?1
            """);
        return update.Add(release.Connection).Add(release.Now).Run();
    }

    public static bool AddToken(Session session, TokenRow token)
    {
        using var insert = session.Query(
            "INSERT INTO tokens (hash, name, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING");
        return insert.Add(token.Hash).Add(token.Name).Add(token.CreatedAt).Run() == 1;
    }
}
