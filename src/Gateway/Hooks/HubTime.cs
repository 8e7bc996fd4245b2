using System.Globalization;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Moments and spans as people read them, in the hub's zone, or else UTC.</summary>
internal sealed class HubTime
{
    private readonly TimeZoneInfo _zone;
    private readonly string _mark;
    private readonly TimeProvider _time;

    /// <param name="zone">An IANA name; empty for UTC, which is then written beside each time.</param>
    public HubTime(string zone, TimeProvider time)
    {
        (Zone, _time) = (zone, time);
        _zone = zone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone);
        _mark = zone.Length == 0 ? " UTC" : string.Empty;
    }

    /// <summary>An IANA name; empty for UTC.</summary>
    public string Zone { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary><c>14:14:05</c> today, <c>12 May 14:14:05</c> on another day.</summary>
    public string Moment(DateTimeOffset at, DateTimeOffset now) => Bare(at, now) + _mark;

    /// <summary><c>13:50:12 and 14:02:40</c>.</summary>
    public string Between(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now) => $"{Bare(from, now)} and {Bare(until, now)}{_mark}";

    /// <summary>One unit that fits: <c>45 s</c>, <c>11 min</c>, <c>27 h</c>, <c>5 days</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => Count(span.TotalSeconds, "s"),
        { TotalMinutes: < 90 } => Count(span.TotalMinutes, "min"),
        { TotalHours: < 48 } => Count(span.TotalHours, "h"),
        _ => Count(span.TotalDays, "days"),
    };

    private static string Count(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Round(number)):0} {unit}");

    private string Bare(DateTimeOffset at, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        var sameDay = local.Date == TimeZoneInfo.ConvertTime(now, _zone).Date;
        var sameYear = local.Year == TimeZoneInfo.ConvertTime(now, _zone).Year;
        return local.ToString(sameDay ? "HH:mm:ss" : sameYear ? "d MMM HH:mm:ss" : "d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
