using System.Globalization;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>What a retry window holds up.</summary>
internal enum WindowHolds
{
    /// <summary>What is tried again.</summary>
    Retries,

    /// <summary>First attempts, too.</summary>
    All,
}

/// <summary>Reads section <c>RetryWindow</c> of a connection.</summary>
internal static class RetryWindowReader
{
    private const string Name = "RetryWindow";
    private const string AllDays = "MON-SUN";
    private const string DaysAllowed = "days of the week such as MON-FRI or MON,WED,SAT";
    private const string TimeAllowed = "a time such as 08:00";
    private const string DateAllowed = "a day of each year such as 05-01, or one day such as 2026-12-24";

    // All days of the week meet all dates of the year in so many years.
    private const int Cycle = 28;

    private static readonly string[] Week = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    /// <summary>The window; null where none is set.</summary>
    /// <param name="hubZone">Counts where the window names no zone.</param>
    public static RetryWindow? Read(SectionReader connection, string hubZone)
    {
        var isSet = connection.Children.Any(child => string.Equals(child.Key, Name, StringComparison.OrdinalIgnoreCase));
        var section = connection.Section(Name);
        if (!isSet)
        {
            return null;
        }

        var days = section.Read<(IReadOnlySet<DayOfWeek> Open, string Text)>("Days", (Enum.GetValues<DayOfWeek>().ToHashSet(), AllDays), TryDays, DaysAllowed);
        var from = section.Read<TimeOnly>("From", TimeOnly.MinValue, TryTime, TimeAllowed);
        var to = section.Read<TimeOnly>("To", TimeOnly.MinValue, TryEnd, $"{TimeAllowed}, or 24:00");
        var zone = section.Read<string>("Zone", hubZone.Length > 0 ? hubZone : "UTC", SettingText.TryZone, SettingText.Zone);
        var except = section.List<(int Year, int Month, int Day)>("Except", [], TryDate, DateAllowed);
        var holds = section.Choice("Holds", WindowHolds.Retries);
        var text = $"{days.Text} {Clock(from)}-{(to == TimeOnly.MinValue ? "24:00" : Clock(to))} {zone}";
        section.Finish();
        var window = new RetryWindow(
            days.Open,
            from,
            to,
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            [.. except.Where(date => date.Year == 0).Select(date => (date.Month, date.Day))],
            [.. except.Where(date => date.Year != 0).Select(date => new DateOnly(date.Year, date.Month, date.Day))],
            holds == WindowHolds.All)
        {
            Text = text,
        };
        Judge(window, section);
        return window;
    }

    private static void Judge(RetryWindow window, SectionReader section)
    {
        if (window.From == window.To && window.To != TimeOnly.MinValue)
        {
            section.Add("To", SettingsCodes.ClosedWindow, $"The window closes at {Clock(window.To)}, when it opens: it never is open, and what failed would wait for ever. Write a later time, or leave From and To out for the whole day.");
        }

        var first = new DateOnly(2024, 1, 1);
        if (!Enumerable.Range(0, Cycle * 366).Any(day => window.OpensOn(first.AddDays(day))))
        {
            section.Add("Except", SettingsCodes.ClosedWindow, "Except takes every day that Days allows: the window never is open, and what failed would wait for ever. Take days out of Except, or add some to Days.");
        }
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static bool TryTime(string text, out TimeOnly value) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    // The end of the day is its beginning the next.
    private static bool TryEnd(string text, out TimeOnly value)
    {
        value = TimeOnly.MinValue;
        return text == "24:00" || TryTime(text, out value);
    }

    private static bool TryDays(string text, out (IReadOnlySet<DayOfWeek> Open, string Text) value)
    {
        var days = new HashSet<DayOfWeek>();
        value = (days, text.ToUpperInvariant());
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.ToUpperInvariant().Split('-').Select(word => Array.IndexOf(Week, word)).ToArray();
            if (ends.Length > 2 || ends.Contains(-1))
            {
                return false;
            }

            // Over the end of the week where the second comes before the first: FRI-MON.
            for (var day = ends[0]; ; day = (day + 1) % Week.Length)
            {
                days.Add((DayOfWeek)((day + 1) % Week.Length));
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        return true;
    }

    private static bool TryDate(string text, out (int Year, int Month, int Day) value)
    {
        value = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            value = (date.Year, date.Month, date.Day);
            return true;
        }

        // 29 February is a day of some years.
        if (!DateOnly.TryParseExact($"2028-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
        {
            return false;
        }

        value = (0, date.Month, date.Day);
        return true;
    }
}
