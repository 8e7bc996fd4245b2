using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Runs and attempts as they are stored.</summary>
internal static class RunReads
{
    public const string Columns =
        "id, event_id, recipe_id, recipe_hash, generation, state, rehearsal, step_index, step_tries, attempts, deaths, in_script, " +
        "epoch, created_at, due_at, finished_at, next_connection, lets, outputs, error_step, error_code, error_message, note, order_key, replayed_at, replayed_as, effect_generation";

    private const string FindSql = $"SELECT {Columns} FROM runs WHERE id = ?1";

    public static RunRow? Find(Session session, string id)
    {
        using var query = session.Query(FindSql);
        return query.Add(id).Step() ? Read(query) : null;
    }

    public static IReadOnlyList<RunRow> List(Session session, RunQuery wanted)
    {
        var conditions = new Conditions();
        conditions.AddText("event_id =", wanted.EventId);
        conditions.AddText("recipe_id =", wanted.RecipeId);
        conditions.AddText("id <", wanted.BeforeId);
        var index = Narrow(conditions, wanted);
        using var query = session.QueryOnce(
            $"""
            SELECT {Columns} FROM runs
            WHERE id IN (SELECT id FROM runs {index} {conditions} ORDER BY id DESC LIMIT {Math.Max(0, wanted.Limit)})
            ORDER BY id DESC
            """);
        conditions.AddTo(query);
        var runs = new List<RunRow>();
        while (query.Step())
        {
            runs.Add(Read(query));
        }

        return runs;
    }

    public static IReadOnlyList<RunRow> Waiting(Session session, (string Connection, int Limit) wanted)
    {
        var runs = new List<RunRow>();
        Add($"SELECT {Columns} FROM runs WHERE state IN (0, 2) AND next_connection = ?1 ORDER BY due_at LIMIT ?2");
        Add($"SELECT {Columns} FROM runs INDEXED BY runs_stopped WHERE state IN (3, 4, 6, 7, 8) AND state = 3 AND next_connection = ?1 ORDER BY id LIMIT ?2");
        return runs;

        void Add(string sql)
        {
            using var query = session.Query(sql);
            query.Add(wanted.Connection).Add(wanted.Limit - runs.Count);
            while (query.Step())
            {
                runs.Add(Read(query));
            }
        }
    }

    public static long CountWaiting(Session session, string connection)
    {
        using var query = session.Query("SELECT count(*) FROM runs WHERE state IN (0, 2) AND next_connection = ?1");
        query.Add(connection).Step();
        return query.Integer(0);
    }

    public static IReadOnlyList<AttemptRow> Attempts(Session session, string runId)
    {
        using var query = session.Query(
            """
            SELECT run_id, number, step_id, action, connection, credential_version, effect_key, rehearsal, state,
                   started_at, deadline, ended_at, kind, code, message, input, output, request, item
            FROM attempts WHERE run_id = ?1 ORDER BY number
            """);
        query.Add(runId);
        var attempts = new List<AttemptRow>();
        while (query.Step())
        {
            var row = new Row(query, "an attempt of run", runId);
            attempts.Add(new AttemptRow(
                row.Text(0), row.Number(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Flag(7),
                (AttemptState)row.State(8, (int)AttemptState.Rehearsed), row.Moment(9), row.Moment(10), row.MomentOrNull(11),
                row.Text(12), row.Text(13), row.Text(14), row.Blob(15), row.Blob(16), row.Blob(17))
            {
                Item = row.Text(18),
            });
        }

        return attempts;
    }

    public static RunRow Read(Statement statement)
    {
        var id = new Row(statement, "a run", "").Text(0);
        var row = new Row(statement, "run", id);
        var next = row.Text(16);
        return new RunRow(
            id, row.Text(1), row.Text(2), row.Text(3), row.Number(4),
            (RunState)row.State(5, (int)RunState.DeadLettered), row.Flag(6), row.Number(7), row.Number(8), row.Number(9),
            row.Number(10), row.Flag(11), row.Integer(12), row.Moment(13), row.MomentOrNull(14), row.MomentOrNull(15),
            next.Length == 0 ? null : next, row.Blob(17), row.Blob(18), Error(row), row.Text(22))
        {
            OrderKey = row.TextOrNull(23),
            ReplayedAt = row.MomentOrNull(24),
            ReplayedAs = row.TextOrNull(25),
            EffectGeneration = row.Number(26),
        };
    }

    private static RunError? Error(Row row) =>
        row.TextOrNull(20) is { } code ? new RunError(row.Text(19), code, row.Text(21)) : null;

    // Each state is worded as the partial index that holds it, and the index is named: without statistics SQLite would rather walk
    // all runs in the order of their ids. Succeeded runs are so many that the newest are soon found in just that way.
    private static string Narrow(Conditions conditions, RunQuery wanted)
    {
        if (wanted.State is not { } state)
        {
            return "";
        }

        var (states, index) = state switch
        {
            RunState.Queued or RunState.Waiting => ("state IN (0, 2)", "INDEXED BY runs_due"),
            RunState.Running => ("state = 1", "INDEXED BY runs_leased"),
            RunState.Succeeded => ("state = 5", ""),
            _ => ("state IN (3, 4, 6, 7, 8)", "INDEXED BY runs_stopped"),
        };
        conditions.Add(states);
        conditions.Add($"state = {(int)state}");
        return wanted.EventId is null ? index : "";
    }
}
