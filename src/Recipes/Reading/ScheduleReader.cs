using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Recipes.Yaml;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>when: { schedule: … }</c>.</summary>
internal sealed class ScheduleReader(RecipeFile file)
{
    private const string Example = "a map: { cron: \"0 9 * * MON-FRI\", zone: Europe/Paris } or { every: 15m }";

    // In the order of MissedFirings.
    private static readonly string[] MissedWords = ["last", "all", "none"];
    private static readonly Instant AnyMoment = Instant.FromUtc(2026, 1, 1, 0, 0);
    private readonly FindingList _findings = file.Findings;

    /// <summary>The schedule; null where it cannot be read, and that has been said.</summary>
    public Schedule? Read(YamlEntry entry)
    {
        if (entry.Value is not YamlMap map)
        {
            Scalars.Wrong(entry.Value, "schedule", Example, _findings);
            return null;
        }

        Keys.Schedule.Check(map, entry.Key.Start, _findings);
        var zone = Zone(map, entry);
        var missed = (MissedFirings)Scalars.Choice(map, "missed", MissedWords, _findings);
        return (map.Find("cron"), map.Find("every")) switch
        {
            ({ } cron, null) => Cron(cron, zone, missed),
            (null, { } every) => Every(every, zone, missed),
            (null, null) => Neither(map, entry),
            (_, { } every) => Both(every),
        };
    }

    private Schedule? Neither(YamlMap map, YamlEntry entry)
    {
        // A slip of the keyboard has been named already.
        if (map.Entries.All(other => Keys.Schedule.Allowed.Contains(other.Key.Text)))
        {
            _findings.Error(entry.Key.Start, FindingCodes.BadSchedule, "'schedule' says neither 'cron' nor 'every'. Write one of them: cron: \"0 9 * * MON-FRI\" or every: 15m");
        }

        return null;
    }

    private Schedule? Both(YamlEntry every)
    {
        _findings.Error(every.Key.Start, FindingCodes.BadSchedule, "'schedule' has both 'cron' and 'every'. Keep one of them.");
        return null;
    }

    private DateTimeZone? Zone(YamlMap map, YamlEntry entry)
    {
        if (map.Find("zone") is not null)
        {
            return ZoneNames.Read(map, _findings);
        }

        if (file.Zone is null)
        {
            _findings.Error(entry.Key.Start, FindingCodes.NoZone, "the schedule has no zone, and neither recipe nor hub has one. Write one beside it: zone: Europe/Paris");
        }

        return file.Zone;
    }

    private Schedule.Cron? Cron(YamlEntry entry, DateTimeZone? zone, MissedFirings missed)
    {
        if (entry.Value is not YamlScalar { IsNull: false } scalar)
        {
            Scalars.Wrong(entry.Value, "cron", "a text of five fields: minute hour day-of-month month day-of-week, such as \"0 9 * * MON-FRI\"", _findings);
            return null;
        }

        var (times, problem) = CronTimes.Parse(scalar.Text);
        if (times is null)
        {
            _findings.Error(scalar.PlaceOf(problem!.Offset), FindingCodes.BadSchedule, $"'cron' cannot be read: {problem.Message}");
            return null;
        }

        if (new Schedule.Cron(times, DateTimeZone.Utc, missed).Next(AnyMoment) is null)
        {
            _findings.Error(scalar.Start, FindingCodes.NeverFires, $"'{times.Text}' never fires: no month it names has such a day. Change the day of the month (third field) or the month (fourth field).");
            return null;
        }

        if (times.TwoKindsOfDay)
        {
            _findings.Warning(scalar.Start, FindingCodes.TwoKindsOfDay, $"'{times.Text}' names a day of the month and a day of the week, and fires on days that fit either of them. Write * for one of them unless that is wanted.");
        }

        return zone is null ? null : new Schedule.Cron(times, zone, missed);
    }

    private Schedule.Every? Every(YamlEntry entry, DateTimeZone? zone, MissedFirings missed)
    {
        if (entry.Value is not YamlScalar scalar || !Durations.TryParse(scalar.Text, out var span) || span < TimeSpan.FromMinutes(1) || span > Schedule.Every.Longest.ToTimeSpan())
        {
            _findings.Error(entry.Value.Start, FindingCodes.BadSchedule, $"'every' is {entry.Value.Words}. Allowed: from 1m to 24h, such as 15m or 6h. For days of the week or the month use cron: \"0 9 * * MON\"");
            return null;
        }

        var left = TimeSpan.FromTicks(TimeSpan.TicksPerDay % span.Ticks);
        if (left > TimeSpan.Zero)
        {
            var last = TimeSpan.FromDays(1) - left;
            _findings.Warning(
                scalar.Start,
                FindingCodes.UnevenDay,
                $"{scalar.Text} does not divide a day: it counts from midnight, so the last one of a day is at {last:hh\\:mm} and the next comes at 00:00, {Words(left)} later. Steps near it that do: {Even(span)}.");
        }

        return zone is null ? null : new Schedule.Every(Duration.FromTimeSpan(span), zone, missed);
    }

    /// <summary>The nearest steps of whole minutes on either side that fill a day.</summary>
    private static string Even(TimeSpan span)
    {
        const int DayMinutes = 24 * 60;
        var near = Enumerable.Range(1, DayMinutes).Where(minutes => DayMinutes % minutes == 0).ToList();
        return $"{Words(TimeSpan.FromMinutes(near.Last(minutes => minutes < span.TotalMinutes)))} and {Words(TimeSpan.FromMinutes(near.First(minutes => minutes > span.TotalMinutes)))}";
    }

    private static string Words(TimeSpan span) =>
        span.Seconds != 0 ? $"{(long)span.TotalSeconds}s" : span.Minutes != 0 ? $"{(long)span.TotalMinutes}m" : $"{(long)span.TotalHours}h";
}
