namespace ConnectorHub.Storage.Sqlite;

/// <summary>A write that commits only where the next real ones will.</summary>
internal static class ProbeWrite
{
    // Large enough to need new pages: on a full disk a change within one page may still succeed.
    private const int Bytes = 256 * 1024;

    public static void Do(Session session)
    {
        session.Begin();
        using (var fill = session.Query("UPDATE probe SET bytes = zeroblob(?1) WHERE id = 1"))
        {
            fill.Add(Bytes).Run();
        }

        session.Commit();
        session.Begin();
        session.Run("UPDATE probe SET bytes = NULL WHERE id = 1");
        session.Commit();
    }
}
