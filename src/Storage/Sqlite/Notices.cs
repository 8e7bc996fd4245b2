using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Runs that tell of dead letters, at most one for each kind of failure of a recipe in ten minutes.</summary>
internal static class Notices
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    /// <summary>Opens one for a run that was just parked, unless one that is still to come will tell of it.</summary>
    public static void Open(Session session, RunChange change, NoticeRun notice, RunError error)
    {
        var recipe = RecipeOf(session, change.RunId);
        if (NextMoment(session, recipe, error, change.Now) is not { } due)
        {
            return;
        }

        using (var keep = session.Query(
            """
            INSERT INTO notices (recipe_id, step, code, at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (recipe_id, step, code) DO UPDATE SET at = excluded.at
            """))
        {
            keep.Add(recipe).Add(error.Step).Add(error.Code).Add(due).Run();
        }

        using var insert = session.Query(
            """
            INSERT INTO runs
                (id, event_id, recipe_id, recipe_hash, generation, state, rehearsal, created_at, due_at, next_connection, note, lets, outputs)
            SELECT ?2, event_id, recipe_id, recipe_hash,
                   (SELECT min(0, min(other.generation)) - 1 FROM runs other WHERE other.event_id = runs.event_id AND other.recipe_id = runs.recipe_id),
                   0, rehearsal, ?3, ?4, ?5, 'on_error of ' || id, ?6, ?7
            FROM runs WHERE id = ?1
            """);
        insert.Add(change.RunId).Add(notice.Id).Add(change.Now).Add(due).Add(notice.NextConnection ?? "").Add(notice.Lets).Add(notice.Outputs).Run();
    }

    /// <summary>How many runs of a recipe died like this since then.</summary>
    public static long Count(Session session, (string Recipe, RunError Error, DateTimeOffset Since) wanted)
    {
        using var query = session.Query(
            """
            SELECT count(*) FROM runs INDEXED BY runs_stopped
            WHERE state = 8 AND state IN (3, 4, 6, 7, 8) AND recipe_id = ?1 AND error_step = ?2 AND error_code = ?3 AND finished_at >= ?4 AND generation >= 0
            """);
        query.Add(wanted.Recipe).Add(wanted.Error.Step).Add(wanted.Error.Code).Add(wanted.Since).Step();
        return query.Integer(0);
    }

    // Null where one is to come anyway.
    private static DateTimeOffset? NextMoment(Session session, string recipe, RunError error, DateTimeOffset now)
    {
        using var query = session.Query("SELECT at FROM notices WHERE recipe_id = ?1 AND step = ?2 AND code = ?3");
        if (!query.Add(recipe).Add(error.Step).Add(error.Code).Step())
        {
            return now;
        }

        var last = new Row(query, "a notice of recipe", recipe).Moment(0);
        return last > now ? null : last + Apart > now ? last + Apart : now;
    }

    private static string RecipeOf(Session session, string runId)
    {
        using var query = session.Query("SELECT recipe_id FROM runs WHERE id = ?1");
        query.Add(runId).Step();
        return new Row(query, "run", runId).Text(0);
    }
}
