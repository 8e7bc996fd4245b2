using ConnectorHub.Values;
using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>What a recipe sees as <c>event</c> when its schedule fires: <c>{ scheduledFor, previous }</c>, ISO texts with the zone's offset.</summary>
public static class FiringEvent
{
    private static readonly OffsetDateTimePattern Iso = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    // Tests and checks see the same firing whenever they run.
    private static readonly Instant SampleBegin = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <param name="previous">The firing before; null where there was none.</param>
    public static Value Of(Schedule schedule, Instant scheduledFor, Instant? previous)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var members = new Dictionary<string, Value>(StringComparer.Ordinal) { ["scheduledFor"] = Text(schedule, scheduledFor) };
        if (previous is { } before)
        {
            members["previous"] = Text(schedule, before);
        }

        return Value.Map(members);
    }

    /// <summary>The second firing of 2026, the first being its <c>previous</c>.</summary>
    /// <exception cref="InvalidOperationException">It never fires twice.</exception>
    public static Value Sample(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.After(SampleBegin).Take(2).ToArray() is [var first, var second]
            ? Of(schedule, second, first)
            : throw new InvalidOperationException($"'{schedule.Text}' never fires.");
    }

    /// <summary>What a firing looks like where no recipe is named: every day at nine, by the clock of that zone.</summary>
    /// <param name="zone">Null: UTC.</param>
    public static Value Example(DateTimeZone? zone) =>
        Sample(new Schedule.Cron(CronTimes.Parse("0 9 * * *").Times!, zone ?? DateTimeZone.Utc, MissedFirings.Last));

    private static Value Text(Schedule schedule, Instant moment) => Value.Text(Iso.Format(moment.InZone(schedule.Zone).ToOffsetDateTime()));
}
