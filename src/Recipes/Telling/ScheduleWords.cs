using System.Globalization;
using ConnectorHub.Recipes.Schedules;

namespace ConnectorHub.Recipes.Telling;

/// <summary>A schedule in plain words.</summary>
internal static class ScheduleWords
{
    private const int MostTimes = 6;

    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>In full, with what becomes of missed firings.</summary>
    public static string Told(Schedule schedule)
    {
        var missed = schedule.Missed switch
        {
            MissedFirings.Last => "If the gateway was down, it runs once for the latest time it missed.",
            MissedFirings.All => "If the gateway was down, it runs for each time it missed.",
            _ => "What it misses while the gateway is down is not made up for.",
        };
        return $"It runs {When(schedule)}. {missed}";
    }

    /// <summary>As the beginning of a sentence.</summary>
    public static string Opening(Schedule schedule)
    {
        var when = When(schedule);
        return char.ToUpperInvariant(when[0]) + when[1..];
    }

    private static string When(Schedule schedule)
    {
        var when = schedule switch
        {
            Schedule.Cron cron => $"{Times(cron.Times)}, {Days(cron.Times)}",
            Schedule.Every every => $"every {Phrases.Span(every.Step.ToTimeSpan())}, counted from midnight",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return $"{when}, by the clock of {schedule.Zone.Id}";
    }

    private static string Times(CronTimes times)
    {
        var (minute, hour) = (times.Minute, times.Hour);
        if (minute.IsAny)
        {
            return hour.IsAny ? "every minute" : $"every minute of the hours {hour.Text}";
        }

        if (hour.IsAny)
        {
            return minute.Values.Count == 60 ? "every minute"
                : minute.Text.StartsWith("*/", StringComparison.Ordinal) && 60 % minute.Values.Count == 0 && minute.Values.Count > 1
                ? $"every {60 / minute.Values.Count} minutes"
                : $"every hour at {Phrases.And([.. minute.Values.Select(value => $"xx:{value:00}")])}";
        }

        var all = times.OfDay().Select(time => time.ToString("HH:mm", CultureInfo.InvariantCulture)).ToList();
        return all.Count <= MostTimes ? $"at {Phrases.And(all)}" : $"at the minutes {minute.Text} of the hours {hour.Text}";
    }

    private static string Days(CronTimes times)
    {
        var week = times.DayOfWeek.IsAny ? "" : $"on {Week(times.DayOfWeek.Values)}";
        var month = times.DayOfMonth.IsAny ? "" : $"on day {Phrases.And([.. times.DayOfMonth.Values.Select(day => day.ToString(CultureInfo.InvariantCulture))])} of the month";
        var days = (month, week) switch
        {
            ("", "") => "every day",
            ("", _) => week,
            (_, "") => month,
            _ => $"{month} and also {week}",
        };
        return times.Month.IsAny ? days : $"{days}, in {Phrases.And([.. times.Month.Values.Select(Names.GetMonthName)])}";
    }

    // Monday first, as people count a week.
    private static string Week(IReadOnlyList<int> values)
    {
        var days = values.OrderBy(day => (day + 6) % 7).ToList();
        var row = days.Zip(days.Skip(1)).All(pair => pair.Second % 7 == (pair.First + 1) % 7);
        return days.Count > 2 && row
            ? $"{Names.DayNames[days[0]]} to {Names.DayNames[days[^1]]}"
            : Phrases.And([.. days.Select(day => Names.DayNames[day])]);
    }
}
