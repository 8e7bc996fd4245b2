using System.Buffers;
using System.Globalization;
using System.Text;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Events as they are stored.</summary>
internal static class EventReads
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns =
        "id, connection, hook_event, source, type, dedupe_key, time, subject, test, received_at, duplicates, other_bodies, " +
        "last_duplicate_at, decisions, body";

    /// <summary>How many these are.</summary>
    public const int ColumnCount = 15;

    private const string FindSql = $"SELECT {Columns} FROM events WHERE id = ?1";

    // Bodies may be large, and a search must not hold its snapshot for minutes.
    private const long MostBytesSearched = 128 * 1024 * 1024;

    // A page is read in one go, and other readers wait for their turn meanwhile.
    private const long MostBytesInPage = 8 * 1024 * 1024;

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
        var conditions = new Conditions();
        conditions.AddText("connection =", wanted.Connection);
        conditions.AddText("type =", wanted.Type);
        conditions.AddText("id <", wanted.BeforeId);
        var limit = Math.Max(0, wanted.Limit);
        var rows = string.IsNullOrEmpty(wanted.Text) ? limit : depth;
        using var query = session.QueryOnce($"SELECT {Columns} FROM events {conditions} ORDER BY id DESC LIMIT {rows}");
        conditions.AddTo(query);
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

    public static EventPage Search(Session session, (EventQuery Query, int Most) search)
    {
        var (wanted, most) = search;
        var conditions = new Conditions();
        conditions.AddText("connection =", wanted.Connection);
        conditions.AddText("type =", wanted.Type);
        conditions.AddText("id <", wanted.BeforeId);
        using var query = session.QueryOnce($"SELECT {Columns} FROM events {conditions} ORDER BY id DESC LIMIT {Math.Max(1, most)}");
        conditions.AddTo(query);
        var found = new List<EventRow>();
        var (looked, bytes) = (0, 0L);
        string? lastId = null;
        DateTimeOffset? lastAt = null;
        while (looked < most && found.Count < wanted.Limit && bytes < MostBytesInPage)
        {
            if (!query.Step())
            {
                return new EventPage(found, looked, lastId, lastAt, End: true);
            }

            looked++;
            // Only the place is noted: a damaged row that is not asked for ends no search.
            lastId = Encoding.UTF8.GetString(query.Bytes(0));
            lastAt = query.IsInteger(9) && Micros.CanBeMoment(query.Integer(9)) ? Micros.ToMoment(query.Integer(9)) : lastAt;
            if (string.IsNullOrEmpty(wanted.Text) || Holds(query, wanted.Text, ref bytes))
            {
                found.Add(Read(query));
            }
        }

        return new EventPage(found, looked, lastId, lastAt, End: false);
    }

    /// <summary>True where the event holds a text.</summary>
    public static bool Holds(Statement statement, string text, ref long searched)
    {
        foreach (var column in Searched)
        {
            var bytes = statement.Bytes(column);
            searched += bytes.Length;
            if (Holds(bytes, text))
            {
                return true;
            }
        }

        return false;
    }

    // Here and not in SQL: SQLite's LIKE knows no case beyond ASCII.
    private static bool Holds(ReadOnlySpan<byte> bytes, string text)
    {
        var letters = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var length = Encoding.UTF8.GetChars(bytes, letters);
            var read = letters.AsSpan(0, length);
            return read.Contains(text, StringComparison.OrdinalIgnoreCase)
                // A sender may write é as \u00e9, + as \u002b and / as \/.
                || (read.Contains('\\') && Unescape(read).Contains(text, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    // In place: what is read is never shorter than what it stands for.
    private static Span<char> Unescape(Span<char> letters)
    {
        var (from, to) = (0, 0);
        while (from < letters.Length)
        {
            var letter = letters[from++];
            if (letter == '\\' && from < letters.Length)
            {
                letter = letters[from++];
                if (letter == 'u' && from + 4 <= letters.Length && ushort.TryParse(letters.Slice(from, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    (letter, from) = ((char)code, from + 4);
                }
            }

            letters[to++] = letter;
        }

        return letters[..to];
    }

    public static EventRow Read(Statement statement)
    {
        var id = new Row(statement, "an event", "").Text(0);
        var row = new Row(statement, "event", id);
        return new EventRow(
            id, row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5), row.MomentOrNull(6), row.TextOrNull(7),
            row.Flag(8), row.Moment(9), row.Blob(14), DecisionBlob.Read(row, 13), row.Number(10), row.Number(11),
            row.MomentOrNull(12));
    }
}
