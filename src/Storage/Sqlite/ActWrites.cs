using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>What people do with runs, each act with what follows from it and its audit entry.</summary>
internal static class ActWrites
{
    public static ActResult Do(Session session, RunAct act)
    {
        if (RunReads.Find(session, act.RunId) is not { } run)
        {
            return new ActResult.Unknown();
        }

        var result = act switch
        {
            RunAct.Resume resume => Resume(session, run, resume),
            RunAct.Restart restart => Restarts.Do(session, run, restart),
            RunAct.Cancel cancel => Cancel(session, run, cancel),
            RunAct.Decide decide => Decide(session, run, decide),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (result is ActResult.Done)
        {
            AuditTable.Add(session, act.Entry);
        }

        return result;
    }

    /// <summary>A run whose once_per key another one holds goes past it, and says so.</summary>
    public static string TakeKey(Session session, string runId, DateTimeOffset? until)
    {
        using var insert = session.Query(
            """
            INSERT INTO run_keys (recipe_id, rehearsal, value, run_id, until)
            SELECT recipe_id, rehearsal, once_per_key, id, ?2 FROM runs WHERE id = ?1 AND once_per_key IS NOT NULL
            ON CONFLICT DO NOTHING
            """);
        if (insert.Add(runId).Add(until).Run() == 1)
        {
            return string.Empty;
        }

        using var holder = session.Query(
            """
            SELECT k.run_id FROM runs r JOIN run_keys k ON (k.recipe_id, k.rehearsal, k.value) = (r.recipe_id, r.rehearsal, r.once_per_key)
            WHERE r.id = ?1
            """);
        return holder.Add(runId).Step() ? $"once_per: {new Row(holder, "a key of run", runId).Text(0)} has the same value; the replay goes past it" : string.Empty;
    }

    private static ActResult Resume(Session session, RunRow run, RunAct.Resume act)
    {
        if (run.State != RunState.DeadLettered)
        {
            return new ActResult.NotNow(run.State, run.ReplayedAs);
        }

        RecipeWrites.KeepText(session, act.Version.Hash, act.Version.Text);
        using (var update = session.Query(
            """
            UPDATE runs
            SET state = 0, due_at = ?2, finished_at = NULL, recipe_hash = ?3, step_index = ?4, step_tries = 0, deaths = 0, epoch = epoch + 1,
                lets = CASE WHEN ?5 THEN x'' ELSE lets END, replayed_at = ?6,
                order_number = CASE WHEN order_key IS NULL THEN NULL
                    ELSE (SELECT max(other.order_number) + 1 FROM runs other WHERE other.order_key = runs.order_key) END
            WHERE id = ?1
            """))
        {
            update.Add(run.Id).Add(act.DueAt).Add(act.Version.Hash).Add(act.StepIndex).Add(act.DropLets).Add(act.Entry.At).Run();
        }

        var note = TakeKey(session, run.Id, act.OncePerUntil);
        Lines.Rejoin(session, run.Id, act.Entry.At);
        return new ActResult.Done(run.Id, note);
    }

    private static ActResult Cancel(Session session, RunRow run, RunAct.Cancel act)
    {
        if (run.State is RunState.Running or RunState.Succeeded or RunState.Expired or RunState.Cancelled)
        {
            return new ActResult.NotNow(run.State, run.ReplayedAs);
        }

        using (var update = session.Query("UPDATE runs SET state = 7, finished_at = ?2, epoch = epoch + 1, note = ?3 WHERE id = ?1"))
        {
            update.Add(run.Id).Add(act.Entry.At).Add($"cancelled by {act.Entry.Who}: {act.Entry.Why}").Run();
        }

        RunWrites.ReleaseKey(session, run.Id);
        Lines.Advance(session, run.Id, act.Entry.At);
        return new ActResult.Done(run.Id, string.Empty);
    }

    private static ActResult Decide(Session session, RunRow run, RunAct.Decide act)
    {
        if (run.State != RunState.Asking)
        {
            return new ActResult.NotNow(run.State, run.ReplayedAs);
        }

        using (var settle = session.Query(
            """
            UPDATE attempts
            SET state = ?3, ended_at = ?4, kind = ?5, code = ?6, message = ?7, output = CASE WHEN ?3 = 1 THEN cast('{}' AS BLOB) ELSE output END
            WHERE run_id = ?1 AND step_id = ?2 AND state IN (0, 3)
            """))
        {
            var words = act.Happened ? "it happened" : "it did not happen: send it again";
            settle.Add(run.Id).Add(act.Step).Add((int)(act.Happened ? AttemptState.Done : AttemptState.Failed)).Add(act.Entry.At)
                .Add(act.Happened ? "Decided" : "Unconfirmed").Add(act.Happened ? "decided" : "resolved").Add($"{act.Entry.Who} says: {words}")
                .Run();
        }

        using (var update = session.Query(
            """
            UPDATE runs
            SET state = 0, due_at = ?2, step_index = ?3, step_tries = 0, outputs = coalesce(?4, outputs), epoch = epoch + 1,
                error_step = NULL, error_code = NULL, error_message = NULL, replayed_at = ?2
            WHERE id = ?1
            """))
        {
            update.Add(run.Id).Add(act.Entry.At).Add(act.StepIndex).Add(act.Outputs).Run();
        }

        return new ActResult.Done(run.Id, string.Empty);
    }
}
