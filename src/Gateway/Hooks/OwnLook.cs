using System.Collections.Concurrent;
using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>
/// Whether a request the hub sent to its own address outside has come in by its own door. The answer to it is the one anybody gets, so nothing is
/// told to those who try: only the process that sent the mark knows that it arrived.
/// </summary>
internal sealed class OwnLook(IIdSource ids)
{
    /// <summary>The header that carries the mark.</summary>
    public const string Header = "X-ConnectorHub-Look";

    private readonly ConcurrentDictionary<string, bool> _arrived = new(StringComparer.Ordinal);

    /// <summary>A mark nobody can guess.</summary>
    public string Begin()
    {
        var mark = ids.Next("look_");
        _arrived[mark] = false;
        return mark;
    }

    public bool HasArrived(string mark) => _arrived.GetValueOrDefault(mark);

    public void End(string mark) => _arrived.TryRemove(mark, out _);

    /// <summary>Notes a request that came in.</summary>
    public void Note(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var mark) && mark is [{ } only])
        {
            _arrived.TryUpdate(only, true, false);
        }
    }
}
