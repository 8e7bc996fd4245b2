using System.Collections.Concurrent;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>One delivery that was not taken.</summary>
public sealed record HookRefusal(string Hook, string Reason, DateTimeOffset At);

/// <summary>
/// What was refused, in memory only: strangers must not fill the disk. Counts per known reason and a ring of the last hundred.
/// </summary>
public sealed class HookRefusals
{
    private const int Ring = 100;
    private const int LongestName = 80;
    private readonly ConcurrentQueue<HookRefusal> _last = new();
    private long _count;

    /// <summary>All refusals since the start.</summary>
    public long Total => Interlocked.Read(ref _count);

    /// <summary>The last ones, newest first.</summary>
    public IReadOnlyList<HookRefusal> Last => [.. _last.Reverse()];

    public void Count(string hook, string reason, DateTimeOffset now)
    {
        Interlocked.Increment(ref _count);
        _last.Enqueue(new HookRefusal(Printable(hook), reason, now));
        while (_last.Count > Ring && _last.TryDequeue(out _))
        {
        }
    }

    // A stranger chooses the path: it is cut and cleaned before anyone sees it.
    private static string Printable(string hook)
    {
        var cut = hook.Length > LongestName ? hook[..LongestName] : hook;
        return string.Create(cut.Length, cut, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '_' or '.' or '/' ? text[i] : '?';
            }
        });
    }
}
