namespace ConnectorHub.Storage.Sqlite.Forgetting;

/// <summary>Keys that may be forgotten, table by table: each has its own time, whatever became of its event or run.</summary>
internal static class OldKeys
{
    private const int PageRows = 1000;

    /// <summary>The tables, each with the three columns of its key and when a key is over at ?4.</summary>
    public static IReadOnlyList<KeyTable> Tables { get; } =
    [
        Of("event_keys", "connection, hook_event, key", "until < ?4"),
        Of("run_keys", "recipe_id, rehearsal, value", "until < ?4"),
        Of("made", "connection, kind, key", "until <= ?4"),
    ];

    /// <summary>Walks on from a place; answers those that are over, and the last place; null at the end.</summary>
    public static (IReadOnlyList<Place> Over, Place? Last) Page(Session session, (KeyTable Table, Place After, DateTimeOffset Now) wanted)
    {
        using var query = session.Query(wanted.Table.Page);
        wanted.After.AddTo(query).Add(wanted.Now);
        var over = new List<Place>();
        var (rows, last) = (0, (Place?)null);
        while (query.Step())
        {
            rows++;
            last = new Place(Part(query, 0), Part(query, 1), Part(query, 2));
            if (query.Integer(3) == 1)
            {
                over.Add(last);
            }
        }

        return (over, rows < PageRows ? null : last);
    }

    /// <summary>Removes keys of a page that are over still.</summary>
    public static int Drop(Session session, (KeyTable Table, Place[] Places, DateTimeOffset Now) drop)
    {
        var gone = 0;
        foreach (var place in drop.Places)
        {
            using var delete = session.Query(drop.Table.Drop);
            gone += place.AddTo(delete).Add(drop.Now).Run();
        }

        return gone;
    }

    // Texts are compared with texts and numbers with numbers; the one column that is a number is written without sign or fraction.
    private static string Part(Statement query, int column) => new Row(query, "a key", "").Text(column);

    private static KeyTable Of(string table, string columns, string over)
    {
        var three = columns.Split(", ");
        var asText = string.Join(", ", three.Select(column => $"cast({column} AS TEXT)"));
        return new KeyTable(
            $"SELECT {asText}, coalesce({over}, 0) FROM {table} WHERE ({columns}) > (?1, ?2, ?3) ORDER BY {columns} LIMIT {PageRows}",
            $"DELETE FROM {table} WHERE ({columns}) = (?1, ?2, ?3) AND {over}");
    }
}

/// <summary>What is asked of a table of keys.</summary>
internal sealed record KeyTable(string Page, string Drop);

/// <summary>A key's three parts.</summary>
internal sealed record Place(string One, string Two, string Three)
{
    /// <summary>Before all keys.</summary>
    public static Place First { get; } = new(string.Empty, string.Empty, string.Empty);

    public Statement AddTo(Statement statement) => statement.Add(One).Add(Two).Add(Three);
}
