using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Values;

/// <summary>Local times on the nights when clocks change.</summary>
public static class LocalTimes
{
    private static readonly LocalDateTimePattern Shown = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly OffsetDateTimePattern Written = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<m>");

    /// <summary>What is doubtful about an ISO text without an offset in a zone; null where nothing is, and for every other text.</summary>
    public static Doubt? DoubtOf(string text, DateTimeZone zone) => IsoMoment.TryLocal(text.Trim(), out var local) ? DoubtOf(local, zone) : null;

    internal static Doubt? DoubtOf(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            0 => new Doubt(DoubtKind.ClockChange, Skipped(local, zone, mapping)),
            2 => new Doubt(DoubtKind.ClockChange, Twice(local, zone, mapping)),
            _ => null,
        };
    }

    private static string Skipped(LocalDateTime local, DateTimeZone zone, NodaTime.TimeZones.ZoneLocalMapping mapping)
    {
        var from = mapping.EarlyInterval.IsoLocalEnd.TimeOfDay;
        var to = mapping.LateInterval.IsoLocalStart.TimeOfDay;
        var taken = local.InZoneLeniently(zone).TimeOfDay;
        return $"{Shown.Format(local)} does not exist in {zone.Id}: the clocks go from {Clock.Format(from)} to {Clock.Format(to)} then. "
            + $"It is taken for {Clock.Format(taken)}; write a time that exists.";
    }

    private static string Twice(LocalDateTime local, DateTimeZone zone, NodaTime.TimeZones.ZoneLocalMapping mapping) =>
        $"{Shown.Format(local)} exists twice in {zone.Id}: the clocks go back then. The first is taken; "
        + $"say which is meant by its offset: {Written.Format(mapping.First().ToOffsetDateTime())} or {Written.Format(mapping.Last().ToOffsetDateTime())}.";
}
