using ConnectorHub.Runs.Store;
using ConnectorHub.Storage.Sqlite.Search;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Events as they are stored.</summary>
internal static class EventReads
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns =
        "id, connection, hook_event, source, type, dedupe_key, time, subject, test, received_at, duplicates, other_bodies, " +
        "last_duplicate_at, decisions, body, span";

    /// <summary>How many these are.</summary>
    public const int ColumnCount = 16;

    private const string FindSql = $"SELECT {Columns} FROM events WHERE id = ?1";

    // The newest of each connection that brings the type, and of these the newest: connections are few, and events of a type may be all there are.
    private const string OfTypeSql =
        $"""
        WITH RECURSIVE places (connection) AS (
            SELECT min(connection) FROM events WHERE type = ?1
            UNION ALL
            SELECT (SELECT min(next.connection) FROM events next WHERE next.type = ?1 AND next.connection > places.connection)
            FROM places WHERE places.connection IS NOT NULL)
        SELECT {Columns} FROM events WHERE id IN (
            SELECT newest.id FROM places CROSS JOIN events newest ON newest.id IN (
                SELECT one.id FROM events one
                WHERE one.type = ?1 AND one.connection = places.connection AND one.id < coalesce(?2, x'') ORDER BY one.id DESC LIMIT ?3)
            ORDER BY newest.id DESC LIMIT ?3)
        ORDER BY id DESC
        """;

    // Bodies may be large, and a search must not hold its snapshot for minutes.
    private const long MostBytesSearched = 128 * 1024 * 1024;

    // id, type, dedupe_key, subject and body: what a text search looks at.
    private static readonly int[] Searched = [0, 4, 5, 7, 14];

    public static EventRow? Find(Session session, string id)
    {
        using var query = session.Query(FindSql);
        return query.Add(id).Step() ? Read(query) : null;
    }

    public static IReadOnlyList<EventRow> List(Session session, (EventQuery Query, int Depth) search)
    {
        var (wanted, depth) = search;
        var limit = Math.Max(0, wanted.Limit);
        using var query = Newest(session, wanted, string.IsNullOrEmpty(wanted.Text) ? limit : depth);
        var events = new List<EventRow>();
        var searched = 0L;
        while (events.Count < limit && searched < MostBytesSearched && query.Step())
        {
            if (string.IsNullOrEmpty(wanted.Text) || Holds(query, wanted.Text, ref searched))
            {
                events.Add(Read(query));
            }
        }

        return events;
    }

    private static Statement Newest(Session session, EventQuery wanted, int rows)
    {
        if (wanted is { Type: { } type, Connection: null })
        {
            return session.Query(OfTypeSql).Add(type).Add(wanted.BeforeId).Add(rows);
        }

        var conditions = new Conditions();
        conditions.AddText("type =", wanted.Type);
        conditions.AddText("connection =", wanted.Connection);
        conditions.AddText("id <", wanted.BeforeId);
        var query = session.QueryOnce($"SELECT {Columns} FROM events {conditions} ORDER BY id DESC LIMIT {rows}");
        conditions.AddTo(query);
        return query;
    }

    /// <summary>Whether a row of <see cref="Columns"/> holds a text; adds up the bytes it looked at.</summary>
    public static bool Holds(Statement statement, string text, ref long searched)
    {
        foreach (var column in Searched)
        {
            var bytes = statement.Bytes(column);
            searched += bytes.Length;
            if (EventText.Holds(bytes, text))
            {
                return true;
            }
        }

        return false;
    }

    public static EventRow Read(Statement statement)
    {
        var id = new Row(statement, "an event", "").Text(0);
        var row = new Row(statement, "event", id);
        return new EventRow(
            id, row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5), row.MomentOrNull(6), row.TextOrNull(7),
            row.Flag(8), row.Moment(9), row.Blob(14), DecisionBlob.Read(row, 13), row.Number(10), row.Number(11),
            row.MomentOrNull(12))
        {
            Span = statement.IsNull(15) ? null : row.Integer(15),
        };
    }
}
