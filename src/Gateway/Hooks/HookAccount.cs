using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>What was seen of one hook. Bounded; each call holds its lock for a few assignments.</summary>
internal sealed class HookAccount
{
    /// <summary>So many notes are kept.</summary>
    public const int Ring = 100;

    // Past so many different bodies each further failure counts as an event: still no fewer than there are.
    private const int MostBodies = 1000;

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Enum.GetValues<HookNoteKind>().Length];
    private readonly Queue<HookNote> _notes = new(Ring);
    private readonly HashSet<int> _failedBodies = [];
    private HookArrivals? _arrivals;
    private HookNote? _lastRefusal;
    private Streak? _streak;
    private EndedStreak? _ended;
    private DateTimeOffset _warnedAt = DateTimeOffset.MinValue;
    private bool _changed;
    private bool _notesChanged;

    public HookAccount(HookKey key) => (Key, Label) = (key, key.Name);

    /// <summary>As it was kept; what of it cannot be read counts as empty.</summary>
    public HookAccount(HookKey key, HookRow row, HookState state, IReadOnlyList<HookNote> notes)
        : this(key)
    {
        _arrivals = row.Arrivals;
        foreach (var (kind, count) in state.Refusals)
        {
            _counts[(int)kind] = count;
        }

        _counts[(int)HookNoteKind.Duplicate] = row.Duplicates - row.OtherBodies;
        _counts[(int)HookNoteKind.OtherBody] = row.OtherBodies;
        (_lastRefusal, _streak, _ended) = (state.LastRefusal, state.Streak, state.Ended);
        _notes = new Queue<HookNote>(notes.TakeLast(Ring));
    }

    public HookKey Key { get; }

    /// <summary>The key's name, kept: it stands at every count.</summary>
    public string Label { get; }

    /// <summary>A delivery was taken and answered 200. True where a person should hear of another body.</summary>
    /// <param name="visit">Fit to be kept.</param>
    public bool Take(IReadOnlyList<AcceptedEvent> events, SenderContract contract, HookVisit visit, DateTimeOffset now)
    {
        lock (_gate)
        {
            _changed = true;
            EndStreak(contract, now);
            var warn = false;
            foreach (var accepted in events)
            {
                if (accepted.DuplicateOf is null)
                {
                    var sighting = new Sighting(accepted.Id, now);
                    var tests = accepted.Test ? 1 : 0;
                    _arrivals = _arrivals is { } before
                        ? before with { Events = before.Events + 1, Tests = before.Tests + tests, Last = sighting }
                        : new HookArrivals(1, tests, sighting, sighting);
                }
                else
                {
                    var kind = accepted.SameBody ? HookNoteKind.Duplicate : HookNoteKind.OtherBody;
                    var body = accepted.SameBody ? "with the same body" : "with another body; the first one counts";
                    Add(new HookNote(now, kind, $"Duplicate of {accepted.DuplicateOf}, {body}.", visit.UserAgent, visit.Length) { Event = accepted.DuplicateOf });
                    warn |= !accepted.SameBody;
                }
            }

            if (!warn || now - _warnedAt < BetweenWarnings)
            {
                return false;
            }

            _warnedAt = now;
            return true;
        }
    }

    /// <summary>A delivery was not taken.</summary>
    /// <param name="body">Tells its body from others; null where it was not read.</param>
    public void Refuse(HookNote note, int? body)
    {
        lock (_gate)
        {
            _changed = true;
            Add(note);
            _lastRefusal = note;
            if (Key.Scope == HookScope.Hook && note.Kind.LooksLikeThePlatform())
            {
                var another = body is not { } hash || _failedBodies.Count >= MostBodies || _failedBodies.Add(hash);
                _streak = _streak is { } before
                    ? before with { Last = note.At, Failures = before.Failures + 1, Events = before.Events + (another ? 1 : 0), Why = note.Kind, Text = note.Text }
                    : new Streak(note.At, note.At, 1, 1, note.Kind, note.Text);
            }
        }
    }

    /// <summary>All of it at this moment.</summary>
    public HookSnapshot Look()
    {
        lock (_gate)
        {
            return new HookSnapshot(Key, _arrivals, Counts(_ => true), _lastRefusal, _streak, _ended);
        }
    }

    /// <summary>Its notes, oldest first.</summary>
    public IReadOnlyList<HookNote> Notes()
    {
        lock (_gate)
        {
            return [.. _notes];
        }
    }

    /// <summary>Its row where something changed since the last call, else null.</summary>
    public HookRow? TakeChange()
    {
        HookState state;
        HookNote[]? notes;
        HookArrivals? arrivals;
        long same;
        long other;
        lock (_gate)
        {
            if (!_changed)
            {
                return null;
            }

            state = new HookState(Counts(HookNoteKinds.IsRefusal), _lastRefusal, _streak, _ended);
            notes = _notesChanged ? [.. _notes] : null;
            (arrivals, same, other) = (_arrivals, _counts[(int)HookNoteKind.Duplicate], _counts[(int)HookNoteKind.OtherBody]);
            (_changed, _notesChanged) = (false, false);
        }

        return new HookRow(Key.Scope, Key.Connection, Key.Event, arrivals, same + other, other, HookState.Write(state), notes is null ? null : HookState.Write(notes));
    }

    /// <summary>A row it gave could not be kept.</summary>
    public void GiveBack(HookRow row)
    {
        lock (_gate)
        {
            _changed = true;
            _notesChanged |= row.Notes is not null;
        }
    }

    // One that cost nothing must not hide one that did.
    private void EndStreak(SenderContract contract, DateTimeOffset now)
    {
        if (_streak is not { } streak)
        {
            return;
        }

        if (Stakes.GaveUpBy(contract, streak.Since, now))
        {
            _ended = new EndedStreak(streak, now);
        }

        _streak = null;
        _failedBodies.Clear();
    }

    private void Add(HookNote note)
    {
        _counts[(int)note.Kind]++;
        _notesChanged = true;
        if (_notes.Count == Ring)
        {
            _notes.Dequeue();
        }

        _notes.Enqueue(note);
    }

    private Dictionary<HookNoteKind, long> Counts(Func<HookNoteKind, bool> wanted)
    {
        var counts = new Dictionary<HookNoteKind, long>();
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0 && wanted((HookNoteKind)i))
            {
                counts.Add((HookNoteKind)i, _counts[i]);
            }
        }

        return counts;
    }
}

/// <summary>An account at one moment.</summary>
/// <param name="Counts">Deliveries that made no new event, by kind; kinds that never came are left out.</param>
/// <param name="Streak">Null while deliveries are taken.</param>
/// <param name="Ended">The last streak that cost something and ended; null where there was none.</param>
internal sealed record HookSnapshot(
    HookKey Key, HookArrivals? Arrivals, IReadOnlyDictionary<HookNoteKind, long> Counts, HookNote? LastRefusal, Streak? Streak, EndedStreak? Ended)
{
    /// <summary>Deliveries that were not answered 200.</summary>
    public long Refused => Counts.Where(count => count.Key.IsRefusal()).Sum(count => count.Value);

    /// <summary>Deliveries of an event that was there already.</summary>
    public long Duplicates => Counts.Where(count => !count.Key.IsRefusal()).Sum(count => count.Value);

    /// <summary>How many of the duplicates had another body.</summary>
    public long OtherBodies => Counts.GetValueOrDefault(HookNoteKind.OtherBody);
}
