using System.Reflection;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Brings a store to the newest schema, one numbered script after the other, and refuses one from the future.</summary>
internal static class Schema
{
    // Forward only, never edited after a release: script n leads from version n - 1 to n.
    private static readonly string[] Scripts = ["0001-store.sql", "0002-hooks.sql", "0003-made.sql", "0004-lines.sql", "0005-acts.sql", "0006-pauses.sql", "0007-plans.sql", "0008-tellings.sql", "0009-search.sql", "0010-schedules.sql", "0011-nights.sql", "0012-spans.sql", "0013-types.sql"];

    /// <summary>The newest version this program knows.</summary>
    public static int Newest => Scripts.Length;

    public static void Apply(Session session, string file, DateTimeOffset now)
    {
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at INTEGER NOT NULL)
            """);
        var found = Version(session);
        if (found > Scripts.Length)
        {
            throw new StoreVersionException(file, found, Scripts.Length);
        }

        for (var version = found + 1; version <= Scripts.Length; version++)
        {
            session.Begin();
            session.Execute(Text(Scripts[version - 1]));
            using (var insert = session.Query("INSERT INTO schema_version (version, applied_at) VALUES (?1, ?2)"))
            {
                insert.Add(version).Add(now).Run();
            }

            session.Commit();
        }
    }

    private static long Version(Session session)
    {
        using var query = session.Query("SELECT coalesce(max(version), 0) FROM schema_version");
        query.Step();
        return query.Integer(0);
    }

    private static string Text(string script)
    {
        var name = $"ConnectorHub.Storage.Schema.{script}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program is incomplete: it holds no resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
