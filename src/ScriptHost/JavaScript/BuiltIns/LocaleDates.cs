using System.Globalization;
using Jint.Native;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Dates for people, as en-US writes them. Other languages are hub.date's.</summary>
internal static class LocaleDates
{
    private const string Instead = "hub.date(date, 'd MMMM yyyy HH:mm', 'fr')";

    private static readonly string[] DateParts = ["weekday", "year", "month", "day"];
    private static readonly string[] ClockParts = ["hour", "minute", "second"];
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    public static JsValue Format(World world, double time, JsValue[] a, bool date, bool clock)
    {
        LocaleNumbers.RequireEnglish(world, a.At(0), "a date's toLocale…String", Instead);
        var options = Options(world, a.At(1));
        if (double.IsNaN(time))
            return "Invalid Date";
        var civil = CivilTime.Of(World.ToLocal(time, Zone(world, options)));
        var (askedDate, askedClock) = (DateParts.Any(options.ContainsKey), ClockParts.Any(options.ContainsKey));
        var byDefault = !(date && askedDate) && !(clock && askedClock);
        var parts = new List<string>();
        if (askedDate || (date && byDefault))
            parts.Add(askedDate ? DateText(civil, options) : civil.ToLocaleDateText());
        if (askedClock || (clock && byDefault))
            parts.Add(ClockText(civil, askedClock ? options : Whole(options)));
        return string.Join(", ", parts);
    }

    private static Dictionary<string, string> Options(World world, JsValue value)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!value.IsObject())
            return options;
        foreach (var name in Js.OwnNames(value.AsObject()).Where(name => !value.AsObject().Get(name).IsUndefined()))
        {
            var option = Js.Text(value.AsObject().Get(name));
            if (!IsKnown(name, option))
                throw world.RangeError($"a date's toLocale…String does not know {name}: {option}. Write {Instead}");
            options[name] = option;
        }

        return options;
    }

    private static bool IsKnown(string name, string option) => name switch
    {
        "weekday" => option is "long" or "short",
        "month" => option is "long" or "short" or "numeric" or "2-digit",
        "year" or "day" or "hour" or "minute" or "second" => option is "numeric" or "2-digit",
        "hour12" => option is "true" or "false",
        "timeZone" => true,
        _ => false,
    };

    private static TimeZoneInfo Zone(World world, Dictionary<string, string> options)
    {
        if (!options.TryGetValue("timeZone", out var name))
            return world.Zone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw world.RangeError($"'{name}' is not a time zone. Give an IANA name such as Europe/Paris");
    }

    private static Dictionary<string, string> Whole(Dictionary<string, string> options) =>
        new(options) { ["hour"] = "numeric", ["minute"] = "2-digit", ["second"] = "2-digit" };

    private static string DateText(CivilTime time, Dictionary<string, string> options)
    {
        var weekday = options.GetValueOrDefault("weekday") switch
        {
            null => "",
            "long" => English.GetDayName(time.DayOfWeek),
            _ => English.GetAbbreviatedDayName(time.DayOfWeek),
        };
        var year = options.GetValueOrDefault("year") is { } width ? Digits(width == "numeric" ? time.Year : time.Year % 100, width) : "";
        var day = options.TryGetValue("day", out var dayWidth) ? Digits(time.Day, dayWidth) : "";
        var month = options.GetValueOrDefault("month");
        if (month is "long" or "short")
        {
            var name = month == "long" ? English.GetMonthName(time.Month) : English.GetAbbreviatedMonthName(time.Month);
            var monthAndDay = day.Length == 0 ? name : $"{name} {day}";
            return Joined(weekday, year.Length == 0 ? monthAndDay : day.Length == 0 ? $"{monthAndDay} {year}" : $"{monthAndDay}, {year}");
        }

        var numbers = new[] { month is null ? "" : Digits(time.Month, month), day, year };
        return Joined(weekday, string.Join('/', numbers.Where(number => number.Length > 0)));
    }

    private static string Joined(string weekday, string rest) => weekday.Length == 0 ? rest : rest.Length == 0 ? weekday : $"{weekday}, {rest}";

    private static string ClockText(CivilTime time, Dictionary<string, string> options)
    {
        var isHalf = options.GetValueOrDefault("hour12") != "false";
        var hour = options.TryGetValue("hour", out var width) ? Digits(isHalf ? ((time.Hour + 11) % 12) + 1 : time.Hour, isHalf ? width : "2-digit") : "";
        var minute = options.TryGetValue("minute", out var minuteWidth) ? Digits(time.Minute, hour.Length > 0 ? "2-digit" : minuteWidth) : "";
        var second = options.TryGetValue("second", out var secondWidth) ? Digits(time.Second, minute.Length > 0 ? "2-digit" : secondWidth) : "";
        var text = string.Join(':', new[] { hour, minute, second }.Where(part => part.Length > 0));
        return hour.Length > 0 && isHalf ? $"{text} {(time.Hour < 12 ? "AM" : "PM")}" : text;
    }

    private static string Digits(int number, string width) => number.ToString(width == "2-digit" ? "00" : "0", CultureInfo.InvariantCulture);
}

