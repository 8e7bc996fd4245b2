using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>When an entry begins or ends: a moment, or a whole day. Closed.</summary>
internal abstract partial record EventTime
{
    private EventTime()
    {
    }

    /// <summary>A moment, with the offset it was written in.</summary>
    public sealed record Moment(DateTimeOffset At) : EventTime;

    /// <summary>A whole day, wherever it is.</summary>
    public sealed record Day(DateOnly On) : EventTime;

    /// <summary>Reads <c>2026-08-10T10:00:00+09:00</c> or <c>2026-08-10</c>; null where it is neither.</summary>
    public static EventTime? Read(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new Day(day);
        }

        // Without an offset the moment would depend on who reads it.
        return WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new Moment(moment)
            : null;
    }

    /// <summary>What is wrong with a begin, an end and a zone, of which each may be missing; null where nothing is.</summary>
    public static string? FindFlaw(string? start, string? end, string? zone) =>
        FindFlaw(nameof(start), start)
        ?? FindFlaw(nameof(end), end)
        ?? (zone is not null && start is null && end is null ? "'zone' goes with 'start' and 'end'; give them too." : null)
        ?? (start is not null && end is not null ? FindFlaw(Read(start)!, Read(end)!) : null);

    /// <summary>As Google wants it in a new entry.</summary>
    public IReadOnlyDictionary<string, string?> ToNew(string? zone) => this switch
    {
        Moment moment when zone is not null => new Dictionary<string, string?> { ["dateTime"] = Format(moment), ["timeZone"] = zone },
        Moment moment => new Dictionary<string, string?> { ["dateTime"] = Format(moment) },
        Day day => new Dictionary<string, string?> { ["date"] = Format(day) },
        _ => throw new InvalidOperationException($"{GetType().Name} is not a kind of time."),
    };

    /// <summary>As Google wants it in a change: what was there in the other kind is taken away, else the entry would have both.</summary>
    public IReadOnlyDictionary<string, string?> ToChange(string? zone) => new Dictionary<string, string?>(ToNew(zone))
    {
        [this is Day ? "dateTime" : "date"] = null,
    };

    private static string? FindFlaw(string name, string? text) => text is null || Read(text) is not null
        ? null
        : $"'{name}' is \"{Shown.Value(text)}\"; it must be a moment with its offset, such as 2026-08-10T10:00:00+09:00, or a day, such as 2026-08-10.";

    private static string? FindFlaw(EventTime start, EventTime end) => (start, end) switch
    {
        (Moment from, Moment to) when to.At < from.At => $"'end' ({Format(to)}) is before 'start' ({Format(from)}).",
        (Day from, Day to) when to.On <= from.On =>
            $"'end' ({Format(to)}) must be after 'start' ({Format(from)}): whole days end on the day after the last one.",
        (Moment, Day) or (Day, Moment) => "'start' and 'end' must be of one kind: two moments, or two days.",
        _ => null,
    };

    private static string Format(Moment moment) => moment.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Format(Day day) => day.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithOffset();
}
