using System.Collections.Concurrent;

namespace ConnectorHub.Runs;

/// <summary>A hook that learns: what arrives is verified, kept and shown, and no recipe is asked.</summary>
/// <param name="Left">Events it still takes.</param>
public sealed record Lesson(string Hook, DateTimeOffset Since, DateTimeOffset Until, int Left);

/// <summary>
/// The hooks that learn now. In memory only: a gateway that starts again asks the recipes again, which is what a forgotten lesson should come to.
/// </summary>
public sealed class LearnBook(TimeProvider time)
{
    /// <summary>A lesson ends after this.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>A lesson ends after so many events.</summary>
    public const int MostEvents = 50;

    private readonly ConcurrentDictionary<string, Lesson> _lessons = new(StringComparer.Ordinal);

    /// <summary>Lessons that go on, by hook.</summary>
    public IReadOnlyList<Lesson> Current => [.. _lessons.Values.Where(IsOpen).OrderBy(lesson => lesson.Hook, StringComparer.Ordinal)];

    /// <summary>Starts a lesson, or starts it again.</summary>
    public Lesson Begin(string hook)
    {
        var now = time.GetUtcNow();
        return _lessons[hook] = new Lesson(hook, now, now + Length, MostEvents);
    }

    /// <summary>Ends a lesson; null where there was none.</summary>
    public Lesson? End(string hook) => _lessons.TryRemove(hook, out var lesson) && IsOpen(lesson) ? lesson : null;

    /// <summary>True where the hook learns and this event is a part of it.</summary>
    public bool TryTake(string hook)
    {
        while (_lessons.TryGetValue(hook, out var lesson))
        {
            if (!IsOpen(lesson))
            {
                _lessons.TryRemove(KeyValuePair.Create(hook, lesson));
            }
            else if (_lessons.TryUpdate(hook, lesson with { Left = lesson.Left - 1 }, lesson))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOpen(Lesson lesson) => lesson.Left > 0 && time.GetUtcNow() < lesson.Until;
}
