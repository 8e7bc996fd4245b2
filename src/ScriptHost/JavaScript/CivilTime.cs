using System.Globalization;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>The calendar and clock reading of a number of milliseconds, for every year JavaScript has (-271821 to 275760).</summary>
internal readonly record struct CivilTime(int Year, int Month, int Day, int Hour, int Minute, int Second, int Millisecond, DayOfWeek DayOfWeek)
{
    // The Gregorian calendar repeats, weekdays included, after 400 years.
    private const double CycleMilliseconds = 146_097 * 86_400_000.0;

    public static CivilTime Of(double milliseconds)
    {
        var cycles = Math.Floor(milliseconds / CycleMilliseconds);
        var moment = DateTime.UnixEpoch.AddMilliseconds(milliseconds - (cycles * CycleMilliseconds));
        return new CivilTime(
            moment.Year + ((int)cycles * 400), moment.Month, moment.Day, moment.Hour, moment.Minute, moment.Second, moment.Millisecond, moment.DayOfWeek);
    }

    /// <summary>Days since 1970 of a date whose month, 0-based, and day may lie beyond their bounds; NaN where there is no such day.</summary>
    public static double DayOf(double year, double month, double day)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(day))
            return double.NaN;
        (month, day) = (Math.Truncate(month), Math.Truncate(day));
        var fullYear = Math.Truncate(year) + Math.Floor(month / 12);
        if (Math.Abs(fullYear) > 400_000)
            return double.NaN;
        // Counted in years that begin in March: the leap day is then the last.
        var monthOfYear = (int)(month - (Math.Floor(month / 12) * 12));
        var y = (long)fullYear - (monthOfYear < 2 ? 1 : 0);
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = ((153 * ((monthOfYear + 10) % 12)) + 2) / 5;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468 + day - 1;
    }

    /// <summary>Milliseconds since 1970; NaN where a part is none or the sum is beyond what a date can be.</summary>
    public static double TimeOf(double day, double hour, double minute, double second, double millisecond)
    {
        if (!double.IsFinite(hour) || !double.IsFinite(minute) || !double.IsFinite(second) || !double.IsFinite(millisecond))
            return double.NaN;
        var clock = (Math.Truncate(hour) * 3_600_000) + (Math.Truncate(minute) * 60_000) + (Math.Truncate(second) * 1000) + Math.Truncate(millisecond);
        return (day * 86_400_000) + clock;
    }

    /// <summary>Whole milliseconds within the years a date can have, or NaN.</summary>
    public static double Clip(double time) => Math.Abs(time) <= 8.64e15 ? Math.Truncate(time) + 0 : double.NaN;

    public static string ToIso(double milliseconds)
    {
        var t = Of(milliseconds);
        var year = t.Year is >= 0 and <= 9999 ? $"{t.Year:0000}" : $"{(t.Year < 0 ? '-' : '+')}{Math.Abs(t.Year):000000}";
        return string.Create(CultureInfo.InvariantCulture, $"{year}-{t.Month:00}-{t.Day:00}T{t.Hour:00}:{t.Minute:00}:{t.Second:00}.{t.Millisecond:000}Z");
    }

    /// <summary>"Tue May 07 2024"</summary>
    public string ToDateText() =>
        string.Create(CultureInfo.InvariantCulture, $"{DayOfWeek.ToString()[..3]} {MonthName} {Day:00} {(Year < 0 ? "-" : "")}{Math.Abs(Year):0000}");

    /// <summary>"17:28:34"</summary>
    public string ToClockText() => string.Create(CultureInfo.InvariantCulture, $"{Hour:00}:{Minute:00}:{Second:00}");

    /// <summary>"Tue, 07 May 2024 15:28:34 GMT"</summary>
    public string ToUtcText() =>
        string.Create(CultureInfo.InvariantCulture, $"{DayOfWeek.ToString()[..3]}, {Day:00} {MonthName} {Year:0000} {ToClockText()} GMT");

    /// <summary>"5/7/2024"</summary>
    public string ToLocaleDateText() => string.Create(CultureInfo.InvariantCulture, $"{Month}/{Day}/{Year}");

    /// <summary>"5:28:34 PM"</summary>
    public string ToLocaleClockText() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Hour + 11) % 12 + 1}:{Minute:00}:{Second:00} {(Hour < 12 ? "AM" : "PM")}");

    private string MonthName => CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[Month - 1];
}
