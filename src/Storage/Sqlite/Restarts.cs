using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>New runs in the place of old ones.</summary>
internal static class Restarts
{
    public static ActResult Do(Session session, RunRow run, RunAct.Restart act)
    {
        var ended = run.State is RunState.Succeeded or RunState.Expired or RunState.Cancelled or RunState.DeadLettered;
        if (!ended || run.ReplayedAs is not null)
        {
            return new ActResult.NotNow(run.State, run.ReplayedAs);
        }

        RecipeWrites.KeepText(session, act.Version.Hash, act.Version.Text);
        Open(session, run, act);
        foreach (var step in act.TakenOver)
        {
            TakeOver(session, run.Id, act.NewRunId, step);
        }

        Leave(session, run, act);
        var note = ActWrites.TakeKey(session, act.NewRunId, act.OncePerUntil);
        Lines.Rejoin(session, act.NewRunId, act.Entry.At);
        return new ActResult.Done(act.NewRunId, note);
    }

    private static void Open(Session session, RunRow run, RunAct.Restart act)
    {
        using var insert = session.Query(
            """
            INSERT INTO runs
                (id, event_id, recipe_id, recipe_hash, generation, effect_generation, state, rehearsal, once_per_key, created_at, due_at, replayed_at,
                 next_connection, note, outputs, order_key, order_number, order_strict)
            SELECT ?2, event_id, recipe_id, ?3,
                   (SELECT max(other.generation) + 1 FROM runs other WHERE other.event_id = runs.event_id AND other.recipe_id = runs.recipe_id),
                   effect_generation + ?4, 0, ?5, once_per_key, ?6, ?7, ?6, ?8, 'replay of ' || id, ?9, order_key,
                   CASE WHEN order_key IS NULL THEN NULL
                       ELSE (SELECT max(other.order_number) + 1 FROM runs other WHERE other.order_key = runs.order_key) END,
                   order_strict
            FROM runs WHERE id = ?1
            """);
        insert.Add(run.Id).Add(act.NewRunId).Add(act.Version.Hash).Add(act.Again ? 1 : 0).Add(act.Rehearsal).Add(act.Entry.At).Add(act.DueAt)
            .Add(act.NextConnection ?? "").Add(act.Outputs).Run();
    }

    // What a step did is told by its attempts; a for_each knows its items by them.
    private static void TakeOver(Session session, string from, string to, string step)
    {
        using var insert = session.Query(
            """
            INSERT INTO attempts
                (run_id, number, step_id, action, connection, credential_version, effect_key, rehearsal, state, started_at, deadline, ended_at,
                 kind, code, message, input, output, request, item)
            SELECT ?2, (SELECT coalesce(max(number), 0) FROM attempts WHERE run_id = ?2) + row_number() OVER (ORDER BY number), step_id, action,
                   connection, credential_version, effect_key, rehearsal, state, started_at, deadline, ended_at, kind, code, message, input, output,
                   request, item
            FROM attempts WHERE run_id = ?1 AND step_id = ?3 AND state = 1
            """);
        insert.Add(from).Add(to).Add(step).Run();
        using var count = session.Query("UPDATE runs SET attempts = (SELECT count(*) FROM attempts WHERE run_id = ?1) WHERE id = ?1");
        count.Add(to).Run();
    }

    private static void Leave(Session session, RunRow run, RunAct.Restart act)
    {
        using var update = session.Query(
            """
            UPDATE runs
            SET replayed_as = ?2, state = CASE WHEN state = 8 THEN 7 ELSE state END,
                note = CASE WHEN state = 8 THEN 'replayed as ' || ?2 ELSE note END
            WHERE id = ?1
            """);
        update.Add(run.Id).Add(act.NewRunId).Run();
        Lines.Advance(session, run.Id, act.Entry.At);
    }
}
