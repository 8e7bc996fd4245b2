using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Acts;

/// <summary>Counts what becomes of the events of a replay; its memory does not grow with them.</summary>
internal sealed class OpeningTally(int most)
{
    private const int FirstOnes = 5;

    private readonly Dictionary<(int Line, string Kind), NotOpenedEvents> _not = [];
    private readonly List<string> _first = [];
    private int _hadRun;

    public int Most => most;

    public int Opened { get; private set; }

    /// <summary>True where no more are wanted.</summary>
    public bool IsFull { get; private set; }

    public OpenedEvents Total => new(Opened, _hadRun, [.. _not.Values.OrderByDescending(one => one.Events).ThenBy(one => one.Line)], IsFull, _first);

    /// <summary>Why a recipe does not take an event, with the line that decided.</summary>
    public static string Words(Asked.Unwanted unwanted) => unwanted.Line > 0 ? $"does not take it, line {unwanted.Line}: {unwanted.Why}" : $"does not take it: {unwanted.Why}";

    public void HadRun(int events) => _hadRun += events;

    public void Stop() => IsFull = true;

    public void Done(string eventId)
    {
        Opened++;
        if (_first.Count < FirstOnes)
        {
            _first.Add(eventId);
        }
    }

    public void Unwanted(string eventId, Asked.Unwanted unwanted) => Not(eventId, unwanted.Line, string.Empty, unwanted.Why);

    public void Count(string eventId, OpenResult result)
    {
        switch (result)
        {
            case OpenResult.Opened:
                Done(eventId);
                break;
            case OpenResult.HasRun:
                _hadRun++;
                break;
            case OpenResult.KeyHeld held:
                Not(eventId, 0, "key", $"already done: {held.RunId} holds the once_per key");
                break;
            case OpenResult.EventGone:
                Not(eventId, 0, "gone", "the event is not in the store any more");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Not(string eventId, int line, string kind, string why) =>
        _not[(line, kind)] = _not.TryGetValue((line, kind), out var before) ? before with { Events = before.Events + 1 } : new NotOpenedEvents(line, why, 1, eventId);
}
