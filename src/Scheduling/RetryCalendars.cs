using System.Runtime.CompilerServices;
using ConnectorHub.Runs.Connections;
using Quartz;
using Quartz.Impl.Calendar;

namespace ConnectorHub.Scheduling;

/// <summary>Retry windows as Quartz calendars: the hours of the day, on these days of the week, but not on those dates.</summary>
internal sealed class RetryCalendars : IRetryWindows
{
    private static readonly TimeSpan Smallest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeOnly LastOfDay = TimeOnly.MaxValue.Add(-TimeSpan.FromTicks(TimeOnly.MaxValue.Ticks % TimeSpan.TicksPerMillisecond));

    private readonly ConditionalWeakTable<RetryWindow, IReadOnlyList<ICalendar>> _calendars = new();

    public DateTimeOffset NextOpen(Connection connection, DateTimeOffset from)
    {
        if (connection.RetryWindow is not { } window)
        {
            return from;
        }

        var calendars = _calendars.GetValue(window, Of);
        return calendars.Any(calendar => calendar.IsTimeIncluded(from)) ? from : calendars.Min(calendar => calendar.GetNextIncludedTimeUtc(from));
    }

    /// <summary>One calendar, and for a window over midnight a second for the hours after it.</summary>
    public static IReadOnlyList<ICalendar> Of(RetryWindow window)
    {
        var closes = window.To == TimeOnly.MinValue || window.IsOverMidnight ? LastOfDay : window.To.Add(-Smallest);
        var evening = Chain(window, 0, window.From, closes);
        return window.IsOverMidnight ? [evening, Chain(window, 1, TimeOnly.MinValue, window.To.Add(-Smallest))] : [evening];
    }

    /// <param name="later">1 for the part after midnight: it belongs to the day before.</param>
    private static DailyCalendar Chain(RetryWindow window, int later, TimeOnly from, TimeOnly to)
    {
        var week = new WeeklyCalendar { TimeZone = window.Zone };
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var shifted = (DayOfWeek)(((int)day + later) % 7);
            if (window.Days.Contains(day))
            {
                week.RemoveExcludedDay(shifted);
            }
            else
            {
                week.AddExcludedDay(shifted);
            }
        }

        var dates = new HolidayCalendar(week) { TimeZone = window.Zone };
        foreach (var date in window.Once)
        {
            dates.AddExcludedDay(date.AddDays(later));
        }

        var years = new AnnualCalendar(dates) { TimeZone = window.Zone };
        foreach (var (month, day) in window.EachYear)
        {
            var next = new DateOnly(Leap, month, day).AddDays(later);
            years.AddExcludedDay(new MonthDay(next.Month, next.Day));
        }

        return new DailyCalendar(from, to, years) { InvertTimeRange = true, TimeZone = window.Zone };
    }

    // A year with a 29 February.
    private const int Leap = 2028;
}
