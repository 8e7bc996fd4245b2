using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>One event of the hub's own.</summary>
/// <param name="Key">The dedupe key: the same telling has the same.</param>
/// <param name="Rows">What it tells of: one row, or several that are summed up, the largest first.</param>
public sealed record Bulletin(string Type, string Key, IReadOnlyList<TellingRow> Rows)
{
    /// <summary>How many it stands for.</summary>
    public long Count => Rows.Sum(row => row.Waiting);

    /// <summary>True where it stands for different causes.</summary>
    public bool SumsUp => Rows.Count > 1 || Rows[0].Cause == BulletinDesk.Others;

    /// <summary>When the first of them was.</summary>
    public DateTimeOffset Since => Rows.Min(row => row.Since!.Value);
}

/// <summary>What is to be told now, and what is known after it.</summary>
internal sealed record DeskPlan(
    IReadOnlyList<Bulletin> Bulletins,
    IReadOnlyDictionary<(string Type, string Cause), TellingRow> Rows,
    IReadOnlyList<TellingRow> Changed,
    IReadOnlyList<(string Type, string Cause)> Gone);

/// <summary>
/// Decides what is told when: the first of a cause at once, those like it together when ten minutes are over, and of one type no more than a handful in
/// ten minutes, the last of which sums up the rest. Pure.
/// </summary>
internal sealed class BulletinDesk
{
    /// <summary>Of one type at most so many in <see cref="Apart"/>.</summary>
    public const int Handful = 5;

    /// <summary>Past so many causes of a type the rest are one.</summary>
    public const int MostCauses = 200;

    /// <summary>Between two tellings of the same cause there is at least this, unless a watch wants more.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    // Names the row that knows when a type was told, and the cause of what is too much to be told apart. No cause is empty or begins with a blank.
    internal const string Others = " others";
    private const string Pace = "";

    private readonly IReadOnlyDictionary<(string Type, string Cause), TellingRow> _before;
    private readonly Dictionary<(string Type, string Cause), TellingRow> _rows;
    private readonly DateTimeOffset _now;

    private BulletinDesk(IReadOnlyDictionary<(string Type, string Cause), TellingRow> rows, DateTimeOffset now) =>
        (_before, _rows, _now) = (rows, new Dictionary<(string Type, string Cause), TellingRow>(rows), now);

    public static DeskPlan Plan(IReadOnlyDictionary<(string Type, string Cause), TellingRow> rows, IReadOnlyList<Outlook> outlooks, DateTimeOffset now)
    {
        var desk = new BulletinDesk(rows, now);
        var bulletins = new List<Bulletin>();
        foreach (var outlook in outlooks)
        {
            desk.Take(outlook);
            bulletins.AddRange(desk.Tell(outlook));
            desk.Forget(outlook);
            foreach (var row in outlook.Kept)
            {
                desk.Set(row);
            }
        }

        return new DeskPlan(
            bulletins,
            desk._rows,
            [.. desk._rows.Where(row => !rows.TryGetValue(row.Key, out var old) || !ReferenceEquals(old, row.Value)).Select(row => row.Value)],
            [.. desk._before.Keys.Where(key => !desk._rows.ContainsKey(key))]);
    }

    /// <summary>What tells a cause from others, made of its parts.</summary>
    public static string Cause(params ReadOnlySpan<string> parts) => $"/{string.Join('/', parts)}";

    private void Take(Outlook outlook)
    {
        foreach (var concern in outlook.Concerns)
        {
            Take(outlook, concern);
        }

        if (outlook.Counts)
        {
            return;
        }

        var seen = outlook.Concerns.Select(concern => concern.Cause).ToHashSet(StringComparer.Ordinal);
        foreach (var row in Of(outlook.Type).Where(row => !seen.Contains(row.Cause)))
        {
            // What ended before it was told need not be told any more.
            var mark = outlook.Forgets || row.Waiting > 0 ? string.Empty : row.Mark;
            if (row.Waiting > 0 || row.Mark != mark)
            {
                Set(row with { Waiting = 0, Since = null, Mark = mark });
            }
        }
    }

    private void Take(Outlook outlook, Concern concern)
    {
        var row = _rows.GetValueOrDefault((concern.Type, concern.Cause));
        if (row is null && outlook.Counts && Of(concern.Type).Count >= MostCauses)
        {
            row = _rows.GetValueOrDefault((concern.Type, Others)) ?? Empty(concern.Type, Others);
        }

        row ??= Empty(concern.Type, concern.Cause);
        if (!outlook.Counts && row.Mark == concern.Mark)
        {
            return;
        }

        Set(row with
        {
            Mark = concern.Mark,
            Waiting = outlook.Counts ? row.Waiting + concern.Count : concern.Count,
            Since = outlook.Counts ? row.Since ?? concern.Since : concern.Since,
            Facts = concern.Facts.ToUtf8Json(),
        });
    }

    private List<Bulletin> Tell(Outlook outlook)
    {
        var due = Of(outlook.Type)
            .Where(row => row.Waiting > 0 && (row.ToldAt is not { } told || _now - told >= outlook.Apart))
            .OrderByDescending(row => row.Waiting).ThenBy(row => row.Since).ThenBy(row => row.Cause, StringComparer.Ordinal)
            .ToList();
        var told = ToldOf(outlook.Type);
        var left = Handful - told.Count;
        if (due.Count == 0 || left <= 0)
        {
            return [];
        }

        // A folded rest is a sum already.
        var alone = due.Count <= left ? due.Count(row => row.Cause != Others) : left - 1;
        var bulletins = due.Where(row => row.Cause != Others).Take(alone).Select(row => new Bulletin(outlook.Type, KeyOf(row), [row])).ToList();
        var rest = due.Except(bulletins.SelectMany(bulletin => bulletin.Rows)).ToList();
        if (rest.Count > 0)
        {
            bulletins.Add(new Bulletin(outlook.Type, $"{KeyOf(rest[0])}/and-{rest.Count - 1}", rest));
        }

        due.ForEach(row => Set(row with { Waiting = 0, Since = null, ToldAt = _now }));
        Set(Empty(outlook.Type, Pace) with { Facts = PaceFacts([.. told, .. bulletins.Select(_ => _now)]) });
        return bulletins;
    }

    // A row is kept while it keeps something from being told too early or twice.
    private void Forget(Outlook outlook)
    {
        foreach (var row in Of(outlook.Type).Where(row => row.Mark.Length == 0 && row.Waiting == 0 && !(_now - row.ToldAt < outlook.Apart)))
        {
            _rows.Remove((row.Type, row.Cause));
        }

        if (_rows.ContainsKey((outlook.Type, Pace)) && ToldOf(outlook.Type).Count == 0)
        {
            _rows.Remove((outlook.Type, Pace));
        }
    }

    private List<TellingRow> Of(string type) => [.. _rows.Values.Where(row => row.Type == type && row.Cause != Pace)];

    private void Set(TellingRow row) => _rows[(row.Type, row.Cause)] = row;

    private static TellingRow Empty(string type, string cause) => new(type, cause, string.Empty, 0, null, null, "{}"u8.ToArray());

    private static string KeyOf(TellingRow row)
    {
        var cause = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Cause)).AsSpan(0, 8));
        if (row.Mark.Length > 0)
        {
            return $"{cause}/{row.Mark}";
        }

        // Two that failed at the same moment may be told one after the other.
        return $"{cause}/{Text(row.Since!.Value)}{(row.ToldAt is { } told ? $"/{Text(told)}" : string.Empty)}";
    }

    // When bulletins of a type were made, as far as that still counts.
    private List<DateTimeOffset> ToldOf(string type) =>
        _rows.TryGetValue((type, Pace), out var row) && Value.Parse(row.Facts).Member("told") is { Kind: ValueKind.List } told
            ? [.. told.Items.Select(item => DateTimeOffset.Parse(item.ToText(), CultureInfo.InvariantCulture)).Where(at => _now - at < Apart)]
            : [];

    private static byte[] PaceFacts(IEnumerable<DateTimeOffset> told) =>
        Value.Map([KeyValuePair.Create("told", Value.List([.. told.Select(at => Value.Text(Text(at)))]))]).ToUtf8Json();

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
