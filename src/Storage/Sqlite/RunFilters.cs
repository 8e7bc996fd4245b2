using System.Globalization;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Runs that fit what a person asks for.</summary>
internal static class RunFilters
{
    // Whose answer ended it, or else whom it would have asked next.
    public const string Connection =
        """
        coalesce(
            (SELECT a.connection FROM attempts a WHERE a.run_id = r.id AND a.step_id = r.error_step ORDER BY a.number DESC LIMIT 1),
            r.next_connection)
        """;

    private const int MomentDigits = 20;

    private static readonly IReadOnlyList<RunState> ForAPerson = [RunState.DeadLettered, RunState.Asking];

    public static IReadOnlyList<string> Find(Session session, RunFilter filter)
    {
        var conditions = Conditions(filter);
        using var query = session.QueryOnce($"SELECT r.id {From(filter)} {conditions} ORDER BY r.id LIMIT {Number(Math.Max(0, filter.Limit))}");
        conditions.AddTo(query);
        var ids = new List<string>();
        while (query.Step())
        {
            ids.Add(new Row(query, "a run", "").Text(0));
        }

        return ids;
    }

    public static IReadOnlyList<CauseGroup> Causes(Session session, RunFilter filter)
    {
        var conditions = Conditions(filter);
        using var query = session.QueryOnce(
            $"""
            SELECT state, connection, recipe_id, step, code, count(*) AS runs, min(at), max(at), max(printf('%020d', at) || id || ' ' || message)
            FROM (
                SELECT r.state, {Connection} AS connection, r.recipe_id, coalesce(r.error_step, '') AS step, coalesce(r.error_code, '') AS code,
                       coalesce(r.finished_at, r.created_at) AS at, r.id, coalesce(r.error_message, '') AS message
                {From(filter)} {conditions}
            )
            GROUP BY state, connection, recipe_id, step, code
            ORDER BY runs DESC, connection, recipe_id, step, code
            """);
        conditions.AddTo(query);
        var groups = new List<CauseGroup>();
        while (query.Step())
        {
            var row = new Row(query, "a group of runs", "");
            var (run, message) = Newest(row.Text(8));
            groups.Add(new CauseGroup(
                (RunState)row.State(0, (int)RunState.DeadLettered), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Integer(5), row.Moment(6), row.Moment(7),
                run, message));
        }

        return groups;
    }

    /// <summary>The run and its message, from <c>moment || id || ' ' || message</c>: the greatest of these texts is the newest run's.</summary>
    public static (string Run, string Message) Newest(string text)
    {
        var newest = text[MomentDigits..];
        var space = newest.IndexOf(' ', StringComparison.Ordinal);
        return (newest[..space], newest[(space + 1)..]);
    }

    // Succeeded runs are not in the index of those that stopped.
    private static string From(RunFilter filter) =>
        $"FROM runs r {(States(filter).All(IsStopped) ? "INDEXED BY runs_stopped" : "")} JOIN events e ON e.id = r.event_id";

    private static IReadOnlyList<RunState> States(RunFilter filter) => filter.States is { Count: > 0 } states ? states : ForAPerson;

    private static bool IsStopped(RunState state) => state is RunState.Blocked or RunState.Asking or RunState.Expired or RunState.Cancelled or RunState.DeadLettered;

    private static Conditions Conditions(RunFilter filter)
    {
        var conditions = new Conditions();
        if (States(filter).All(IsStopped))
        {
            conditions.Add("r.state IN (3, 4, 6, 7, 8)");
        }

        conditions.Add($"r.state IN ({string.Join(", ", States(filter).Select(state => Number((int)state)))})");
        conditions.AddText("r.recipe_id =", filter.RecipeId);
        conditions.AddText("e.source =", filter.Source);
        conditions.AddText("r.error_step =", filter.Step);
        conditions.AddText("r.error_code =", filter.Code);
        conditions.AddText($"{Connection} =", filter.Connection);
        conditions.AddText("e.id || ' ' || r.id || ' ' || coalesce(e.subject, '') || ' ' || cast(e.body AS TEXT) LIKE '%' ||", Escaped(filter.Text), "|| '%' ESCAPE '\\'");
        if (filter.Since is { } since)
        {
            conditions.Add($"coalesce(r.finished_at, r.created_at) >= {Number(Micros.From(since))}");
        }

        if (filter.Until is { } until)
        {
            conditions.Add($"coalesce(r.finished_at, r.created_at) < {Number(Micros.From(until))}");
        }

        if (filter.Rehearsal is { } rehearsal)
        {
            conditions.Add($"r.rehearsal = {(rehearsal ? 1 : 0)}");
        }

        return conditions;
    }

    private static string? Escaped(string? text) => text is null ? null
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
