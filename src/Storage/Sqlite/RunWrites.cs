using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Claims and changes of runs. Every change but the claim is guarded by the epoch its worker was given.</summary>
internal static class RunWrites
{
    private static readonly string ClaimSql =
        $"""
        UPDATE runs
        SET state = 1, owner = ?2, lease_until = ?3, epoch = epoch + 1, deaths = deaths + in_script, in_script = 0
        WHERE id = ?1
          AND ((state IN (0, 2) AND due_at <= ?4) OR (state = 1 AND lease_until <= ?4))
          AND next_connection NOT IN (SELECT connection FROM connection_blocks)
          AND {Pauses.None("?4")}
        RETURNING {RunReads.Columns}
        """;

    public static RunRow? Claim(Session session, RunClaim claim)
    {
        using var update = session.Query(ClaimSql);
        update.Add(claim.RunId).Add(claim.Owner).Add(claim.LeaseUntil).Add(claim.Now);
        return update.Step() ? RunReads.Read(update) : null;
    }

    public static bool Change(Session session, RunChange change)
    {
        var running = change.State == RunState.Running;
        var stopped = change.State is RunState.Succeeded or RunState.Expired or RunState.Cancelled or RunState.DeadLettered;
        using (var update = session.Query(
            """
            UPDATE runs
            SET state = ?3, step_index = ?4, step_tries = ?5, in_script = ?6, finished_at = ?7,
                owner = CASE WHEN ?3 = 1 THEN owner END,
                lease_until = CASE WHEN ?3 = 1 THEN coalesce(?8, lease_until) END,
                due_at = coalesce(?9, due_at), next_connection = coalesce(?10, next_connection),
                lets = coalesce(?11, lets), outputs = coalesce(?12, outputs), deaths = coalesce(?13, deaths),
                note = coalesce(?14, note), error_step = coalesce(?15, error_step), error_code = coalesce(?16, error_code),
                error_message = coalesce(?17, error_message)
            WHERE id = ?1 AND epoch = ?2 AND state = 1
            """))
        {
            update.Add(change.RunId).Add(change.Epoch).Add((int)change.State).Add(change.StepIndex).Add(change.StepTries)
                .Add(running && change.InScript).Add(stopped ? change.Now : null)
                .Add(change.LeaseUntil).Add(change.DueAt).Add(change.NextConnection)
                .Add(change.Lets).Add(change.Outputs).Add(change.Deaths)
                .Add(change.Note).Add(change.Error?.Step).Add(change.Error?.Code).Add(change.Error?.Message);
            if (update.Run() == 0)
            {
                return false;
            }
        }

        if (stopped && change.State != RunState.Succeeded)
        {
            ReleaseKey(session, change.RunId);
        }

        if (change is { Notice: { } notice, Error: { } error })
        {
            Notices.Open(session, change, notice, error);
        }

        if (stopped)
        {
            Lines.Advance(session, change.RunId, change.Now);
        }

        return true;
    }

    public static bool Begin(Session session, AttemptIntent intent)
    {
        using (var update = session.Query(
            """
            UPDATE runs
            SET attempts = attempts + 1, lease_until = ?3, in_script = 0, lets = coalesce(?4, lets)
            WHERE id = ?1 AND epoch = ?2 AND state = 1
            """))
        {
            if (update.Add(intent.RunId).Add(intent.Epoch).Add(intent.LeaseUntil).Add(intent.Lets).Run() == 0)
            {
                return false;
            }
        }

        using var insert = session.Query(
            """
            INSERT INTO attempts
                (run_id, number, step_id, action, connection, credential_version, effect_key, rehearsal, state,
                 started_at, deadline, input, item)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12)
            """);
        insert.Add(intent.RunId).Add(intent.Number).Add(intent.StepId).Add(intent.Action).Add(intent.Connection)
            .Add(intent.CredentialVersion).Add(intent.EffectKey).Add(intent.Rehearsal).Add(intent.StartedAt)
            .Add(intent.Deadline).Add(intent.Input).Add(intent.Item)
            .Run();
        return true;
    }

    public static bool End(Session session, (AttemptResult Result, RunChange Change) end)
    {
        var (result, change) = end;
        if (!Change(session, change))
        {
            return false;
        }

        if (result.Made is { } made)
        {
            MadeTable.Keep(session, result.RunId, result.EndedAt, made);
        }

        using var update = session.Query(
            """
            UPDATE attempts
            SET state = ?3, ended_at = ?4, kind = ?5, code = ?6, message = ?7, output = ?8, request = ?9
            WHERE run_id = ?1 AND number = ?2
            """);
        var rows = update.Add(result.RunId).Add(result.Number).Add((int)result.State).Add(result.EndedAt)
            .Add(result.Kind).Add(result.Code).Add(result.Message).Add(result.Output).Add(result.Request)
            .Run();
        return rows == 1
            ? true
            : throw new InvalidOperationException(
                $"Run '{result.RunId}' has no attempt {result.Number} that could end: an attempt is begun before it is ended.");
    }

    /// <summary>The gateway that held these leases is gone; whether it died inside a script is counted at the next claim.</summary>
    public static int VoidLeases(Session session, DateTimeOffset now)
    {
        using var update = session.Query(
            "UPDATE runs SET state = 0, due_at = ?1, owner = NULL, lease_until = NULL WHERE state = 1");
        return update.Add(now).Run();
    }

    public static int ReleaseLeases(Session session, (string Owner, DateTimeOffset Now) release)
    {
        using var update = session.Query(
            """
            UPDATE runs SET state = 0, due_at = ?2, owner = NULL, lease_until = NULL, in_script = 0
            WHERE state = 1 AND owner = ?1
            """);
        return update.Add(release.Owner).Add(release.Now).Run();
    }

    public static void ReleaseKey(Session session, string runId)
    {
        using var delete = session.Query(
            """
            DELETE FROM run_keys
            WHERE (recipe_id, rehearsal, value) = (SELECT recipe_id, rehearsal, once_per_key FROM runs WHERE id = ?1)
              AND run_id = ?1
            """);
        delete.Add(runId).Run();
    }
}
