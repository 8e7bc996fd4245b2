using System.Globalization;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>The blocks as they are stored. A block, its slices and its events are always read and changed in one transaction.</summary>
internal static class SearchTable
{
    /// <summary>The newest event that is in a block; empty where none is.</summary>
    public static string Through(Session session)
    {
        using var query = session.Query("SELECT last_id FROM search_blocks ORDER BY first_id DESC LIMIT 1");
        return query.Step() ? new Row(query, "a search block", "").Text(0) : string.Empty;
    }

    /// <summary>Blocks that begin before an event, newest first; null: all.</summary>
    public static IEnumerable<SearchBlock> Before(Session session, string? id)
    {
        using var query = session.Query(
            """
            SELECT number, first_id, last_id, first_at, events, slices FROM search_blocks
            WHERE first_id < coalesce(?1, x'') ORDER BY first_id DESC
            """);
        query.Add(id);
        while (query.Step())
        {
            yield return Read(query);
        }
    }

    /// <summary>A block whose set has to be made again; null where none has.</summary>
    public static SearchBlock? Stale(Session session)
    {
        using var query = session.Query(
            "SELECT number, first_id, last_id, first_at, events, slices FROM search_blocks INDEXED BY search_blocks_stale WHERE slices = 0 ORDER BY number LIMIT 1");
        return query.Step() ? Read(query) : null;
    }

    /// <summary>False only where no event of the block holds a text with these places.</summary>
    public static bool MayHold(Session session, SearchBlock block, IReadOnlyList<int> places)
    {
        if (block.Slices == 0)
        {
            return true;
        }

        foreach (var place in places)
        {
            var (slice, bit) = Slices.Find(place, block.Slices);
            using var query = session.Query("SELECT bits FROM search_slices WHERE id = ?1");
            if (query.Add((block.Number * Slices.Most) + slice).Step()
                && query.Bytes(0) is var bits
                && bit >> 3 < bits.Length
                && (bits[bit >> 3] & (1 << (bit & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Keeps a block; false where its range holds other events by now than the set was made of.</summary>
    public static bool Keep(Session session, SearchDraft draft)
    {
        if (Count(session, draft.FirstId, draft.LastId) != draft.Events)
        {
            return false;
        }

        var number = draft.Number ?? Next(session);
        DropSlices(session, number);
        using (var keep = session.Query(
            """
            INSERT INTO search_blocks (number, first_id, last_id, first_at, events, slices) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (number) DO UPDATE SET events = excluded.events, slices = excluded.slices
            """))
        {
            keep.Add(number).Add(draft.FirstId).Add(draft.LastId).Add(draft.FirstAt).Add(draft.Events).Add(draft.Slices.Count).Run();
        }

        using var insert = session.Query("INSERT INTO search_slices (id, bits) VALUES (?1, ?2)");
        for (var i = 0; i < draft.Slices.Count; i++)
        {
            insert.Add((number * Slices.Most) + i).Add(draft.Slices[i]).Run();
            insert.Dispose();
        }

        session.Searched = string.CompareOrdinal(draft.LastId, session.Searched) > 0 ? draft.LastId : session.Searched;
        return true;
    }

    /// <summary>
    /// An event comes in whose id sorts before one that is in a block: clocks go back, and two that come at once may be stored in either
    /// order. The set of its range knows nothing of it and is not asked any more.
    /// </summary>
    public static void Arrives(Session session, string id)
    {
        session.CountArrival();
        session.Searched ??= Through(session);
        if (string.CompareOrdinal(id, session.Searched) > 0)
        {
            return;
        }

        using var find = session.Query("SELECT number, first_id, last_id, first_at, events, slices FROM search_blocks WHERE first_id <= ?1 ORDER BY first_id DESC LIMIT 1");
        if (!find.Add(id).Step() || Read(find) is not { } block || string.CompareOrdinal(id, block.LastId) > 0)
        {
            return;
        }

        DropSlices(session, block.Number);
        using var update = session.Query("UPDATE search_blocks SET slices = 0, events = events + 1 WHERE number = ?1");
        update.Add(block.Number).Run();
    }

    /// <summary>An event was removed: its block has one less, and goes with its last.</summary>
    public static void Leaves(Session session, string id)
    {
        long number;
        using (var update = session.Query(
            """
            UPDATE search_blocks SET events = events - 1
            WHERE number = (SELECT number FROM search_blocks WHERE first_id <= ?1 ORDER BY first_id DESC LIMIT 1) AND last_id >= ?1
            RETURNING number, events
            """))
        {
            if (!update.Add(id).Step() || update.Integer(1) > 0)
            {
                return;
            }

            number = update.Integer(0);
        }

        DropSlices(session, number);
        using var delete = session.Query("DELETE FROM search_blocks WHERE number = ?1");
        delete.Add(number).Run();
    }

    /// <summary>How many events are in a range, both ends included.</summary>
    public static long Count(Session session, string first, string last)
    {
        using var query = session.Query("SELECT count(*) FROM events WHERE id BETWEEN ?1 AND ?2");
        query.Add(first).Add(last).Step();
        return query.Integer(0);
    }

    private static long Next(Session session)
    {
        using var query = session.Query("SELECT coalesce(max(number), 0) + 1 FROM search_blocks");
        query.Step();
        return query.Integer(0);
    }

    private static void DropSlices(Session session, long number)
    {
        using var delete = session.Query("DELETE FROM search_slices WHERE id BETWEEN ?1 AND ?2");
        delete.Add(number * Slices.Most).Add((number * Slices.Most) + Slices.Most - 1).Run();
    }

    private static SearchBlock Read(Statement query)
    {
        var number = new Row(query, "a search block", "").Integer(0);
        var row = new Row(query, "search block", number.ToString(CultureInfo.InvariantCulture));
        return new SearchBlock(number, row.Text(1), row.Text(2), query.IsNull(3) ? null : row.Integer(3), row.Number(4), row.Number(5));
    }
}
