using System.Globalization;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Events from the oldest to the newest, a window of them at a time: no page depends on how many there are.</summary>
internal static class EventWalks
{
    private const int Window = 2000;

    // What is answered is held in memory, and other readers wait for their turn meanwhile.
    private const long MostBytes = 8 * 1024 * 1024;

    public static EventWalkPage Page(Session session, (EventWalk Walk, string AfterId) wanted)
    {
        var (walk, after) = wanted;
        var end = WindowEnd(session, after);
        var conditions = Conditions(walk, after, end);
        using var query = session.QueryOnce(
            $"SELECT {EventReads.Columns}, EXISTS (SELECT 1 FROM runs r WHERE r.event_id = events.id AND r.recipe_id = ?1) FROM events {conditions} ORDER BY id");
        conditions.AddTo(query);
        var without = new List<EventRow>();
        var (withRun, bytes, searched) = (0, 0L, 0L);
        while (query.Step())
        {
            if (walk.Text is { Length: > 0 } text && !EventReads.Holds(query, text, ref searched))
            {
                continue;
            }

            if (query.Integer(EventReads.ColumnCount) != 0)
            {
                withRun++;
                continue;
            }

            var row = EventReads.Read(query);
            without.Add(row);
            bytes += row.Body.Length;
            if (bytes > MostBytes)
            {
                return new EventWalkPage(without, withRun, row.Id, End: false);
            }
        }

        return new EventWalkPage(without, withRun, end ?? after, end is null);
    }

    // Null where fewer are left than a window has.
    private static string? WindowEnd(Session session, string after)
    {
        using var query = session.Query("SELECT id FROM events WHERE id > ?1 ORDER BY id LIMIT 1 OFFSET ?2");
        return query.Add(after).Add(Window - 1).Step() ? new Row(query, "an event", "").Text(0) : null;
    }

    private static Conditions Conditions(EventWalk walk, string after, string? end)
    {
        var conditions = new Conditions();
        // The first value is the recipe's in the question whether it has a run.
        conditions.AddText("'' <>", walk.RecipeId);
        conditions.AddText("id >", after);
        conditions.AddText("id <=", end);
        conditions.AddText("source =", walk.Source);
        // The plus keeps SQLite to the window's range: by the index of types it would read all there ever were.
        conditions.AddTexts("+type IN", walk.Types);
        conditions.AddText("connection =", walk.Connection);
        conditions.AddText("hook_event =", walk.HookEvent);
        if (walk.Since is { } since)
        {
            conditions.Add($"received_at >= {Number(Micros.From(since))}");
        }

        if (walk.Until is { } until)
        {
            conditions.Add($"received_at < {Number(Micros.From(until))}");
        }

        return conditions;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
