using System.Text.Json;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>
/// The rhythm of each hook, learned hour by hour from how many events it has taken. An hour that a gateway was not there for from end to end teaches nothing.
/// </summary>
/// <param name="zoneName">The hub's zone, whose hours count; empty for UTC.</param>
public sealed class RhythmBook(string zoneName)
{
    /// <summary>What names its rows in the store.</summary>
    public const string RowType = "hub.rhythm";

    /// <summary>So many must be missing: by chance that happens to a steady hook once in 20,000 such stretches.</summary>
    public const double Missing = 10;

    /// <summary>However many are missing, less is no silence yet.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromHours(1);

    // More hooks than these have no rhythm: what a sender puts into an address must not fill the memory.
    private const int MostHooks = 500;

    // Who looks every ten seconds and was away for longer than this may have missed something.
    private static readonly Duration Gap = Duration.FromMinutes(2);

    private readonly DateTimeZone _zone = HubZone.Find(zoneName) ?? DateTimeZone.Utc;
    private readonly Dictionary<string, Rhythm> _rhythms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _atBegin = new(StringComparer.Ordinal);
    private Instant? _hourEnd;
    private Instant _looked;
    private bool _whole;

    /// <summary>Begins with what was kept; what cannot be read is learned anew.</summary>
    public void Load(IEnumerable<TellingRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            try
            {
                _rhythms[row.Cause] = Rhythm.Read(row.Facts.Span);
            }
            catch (JsonException)
            {
                _rhythms.Remove(row.Cause);
            }
        }
    }

    /// <summary>Time has gone on; answers the rows that are to be kept.</summary>
    /// <param name="taken">How many events each hook has taken since the beginning.</param>
    public IReadOnlyList<TellingRow> Look(IReadOnlyDictionary<string, long> taken, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var now = Instant.FromDateTimeOffset(moment);
        var gone = now - _looked > Gap;
        _looked = now;
        if (_hourEnd is { } end && now < end)
        {
            _whole &= !gone;
            return [];
        }

        var rows = _hourEnd is { } over && _whole && !gone ? Learn(taken, over - Duration.FromSeconds(1)) : [];
        // The first hour is seen from somewhere in its middle on.
        _whole = _hourEnd is not null && !gone;
        _hourEnd = Rhythm.HourAfter(now);
        _atBegin.Clear();
        foreach (var (hook, events) in taken)
        {
            _atBegin[hook] = events;
        }

        return rows;
    }

    /// <summary>
    /// What is missing at a hook to which nothing came since a moment, as a sentence; null where that is no silence: too few are missing, or at this hour nothing
    /// used to come.
    /// </summary>
    public string? SilenceOf(string hook, DateTimeOffset since, DateTimeOffset moment)
    {
        var now = Instant.FromDateTimeOffset(moment);
        if (moment - since < Least || _rhythms.GetValueOrDefault(hook) is not { } rhythm || rhythm.Expected(Rhythm.HourOf(now, _zone)) == 0)
        {
            return null;
        }

        var missing = rhythm.Expected(Instant.FromDateTimeOffset(since), now, _zone);
        return missing < Missing ? null : FormattableString.Invariant($"By the last {rhythm.Known} weeks, about {missing:0} were to be expected by now.");
    }

    private List<TellingRow> Learn(IReadOnlyDictionary<string, long> taken, Instant within)
    {
        var hour = Rhythm.HourOf(within, _zone);
        var rows = new List<TellingRow>();
        foreach (var (hook, events) in taken)
        {
            if (Of(hook) is { } rhythm)
            {
                rhythm.Learn(hour, events - _atBegin.GetValueOrDefault(hook));
                rows.Add(new TellingRow(RowType, hook, string.Empty, 0, null, null, rhythm.Write()));
            }
        }

        return rows;
    }

    private Rhythm? Of(string hook)
    {
        if (!_rhythms.TryGetValue(hook, out var rhythm) && _rhythms.Count < MostHooks)
        {
            _rhythms[hook] = rhythm = new Rhythm();
        }

        return rhythm;
    }
}
