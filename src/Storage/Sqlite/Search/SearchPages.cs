using System.Text;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite.Search;

/// <summary>
/// A page of a search: newest first through the blocks, reading only those that may hold the text, and whatever is in no block. Blocks and
/// events are read in one short snapshot.
/// </summary>
internal sealed class SearchPages
{
    // A page is read in one go, and other readers wait for their turn meanwhile.
    private const long MostBytes = 8 * 1024 * 1024;
    private const int MostBlocks = 2048;

    private readonly Session _session;
    private readonly EventQuery _wanted;
    private readonly int _most;
    private readonly List<EventRow> _found = [];
    private int _read;
    private int _looked;
    private long _bytes;
    private string? _lastId;
    private DateTimeOffset? _lastAt;

    private SearchPages(Session session, EventQuery wanted, int most)
    {
        _session = session;
        _wanted = wanted;
        _most = Math.Max(1, most);
    }

    private bool IsFull => _read >= _most || _found.Count >= _wanted.Limit || _bytes >= MostBytes;

    public static EventPage Find(Session session, (EventQuery Query, int Most) search) =>
        session.InSnapshot(search, static (session, search) => new SearchPages(session, search.Query, search.Most).Find());

    private EventPage Find()
    {
        var places = GramSet.PlacesOf(_wanted.Text ?? string.Empty);
        var before = _wanted.BeforeId;
        var blocks = 0;
        // Too short a text rules no block out.
        foreach (var block in places.Count == 0 ? [] : SearchTable.Before(_session, before))
        {
            // An event may have come in between two blocks, or after the last.
            var after = block.LastId + '\0';
            if (!Read(after, before))
            {
                return Page(end: false);
            }

            if (!SearchTable.MayHold(_session, block, places))
            {
                _looked += before is null || string.CompareOrdinal(after, before) <= 0 ? block.Events : (int)SearchTable.Count(_session, block.FirstId, before);
            }
            else if (!Read(block.FirstId, before is null || string.CompareOrdinal(after, before) < 0 ? after : before))
            {
                return Page(end: false);
            }

            before = block.FirstId;
            (_lastId, _lastAt) = (before, block.FirstAt is { } at && Micros.CanBeMoment(at) ? Micros.ToMoment(at) : _lastAt);
            if (++blocks == MostBlocks)
            {
                return Page(end: false);
            }
        }

        return Page(end: Read(string.Empty, before));
    }

    private EventPage Page(bool end) => new(_found, _looked, _lastId, _lastAt, end);

    // True where the range was read to its end.
    private bool Read(string from, string? before)
    {
        using var query = _session.Query(
            $"""
            SELECT {EventReads.Columns} FROM events
            WHERE id >= ?1 AND id < coalesce(?2, x'') AND (?3 IS NULL OR connection = ?3) AND (?4 IS NULL OR type = ?4) ORDER BY id DESC
            """);
        query.Add(from).Add(before).Add(_wanted.Connection).Add(_wanted.Type);
        while (!IsFull)
        {
            if (!query.Step())
            {
                return true;
            }

            _read++;
            _looked++;
            // Only the place is noted: a damaged row that is not asked for ends no search.
            _lastId = Encoding.UTF8.GetString(query.Bytes(0));
            _lastAt = query.IsInteger(9) && Micros.CanBeMoment(query.Integer(9)) ? Micros.ToMoment(query.Integer(9)) : _lastAt;
            if (string.IsNullOrEmpty(_wanted.Text) || EventReads.Holds(query, _wanted.Text, ref _bytes))
            {
                _found.Add(EventReads.Read(query));
            }
        }

        return false;
    }
}
