using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>
/// Date.parse: the ISO forms of the standard, what toString and toUTCString write, and the written dates every browser reads.
/// What is not a date is NaN.
/// </summary>
internal static partial class DateReading
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static double Parse(World world, string text)
    {
        text = text.Trim();
        var iso = Iso().Match(text);
        if (iso.Success)
            return CivilTime.Clip(OfIso(world, iso));
        foreach (var form in (Regex[])[MonthFirst(), DayFirst(), YearFirst(), American()])
        {
            var match = form.Match(text);
            if (match.Success)
                return CivilTime.Clip(OfWritten(world, match));
        }

        return double.NaN;
    }

    // A date alone is UTC; with a clock and no zone it is local.
    private static double OfIso(World world, Match match)
    {
        if (match.Groups["y"].Value == "-000000")
            return double.NaN;
        var (year, month, day) = (Number(match, "y", 1), Number(match, "mo", 1), Number(match, "d", 1));
        var (hour, minute, second) = (Number(match, "h", 0), Number(match, "mi", 0), Number(match, "s", 0));
        if (!IsDay(year, month, day) || !IsClock(hour, minute, second, Fraction(match)))
            return double.NaN;
        var time = CivilTime.TimeOf(CivilTime.DayOf(year, month - 1, day), hour, minute, second, Fraction(match));
        if (!match.Groups["h"].Success || match.Groups["z"].Value == "Z")
            return time;
        return match.Groups["z"].Success ? time - OffsetOf(match) : world.FromLocal(time);
    }

    private static double OfWritten(World world, Match match)
    {
        var year = Number(match, "y", 2001);
        if (match.Groups["y"].Length == 2)
            year += year < 50 ? 2000 : 1900;
        var month = match.Groups["mn"].Success
            ? Array.IndexOf(Months, match.Groups["mn"].Value[..3].ToLowerInvariant()) + 1
            : Number(match, "mo", 1);
        var (day, hour, minute, second) = (Number(match, "d", 1), Number(match, "h", 0), Number(match, "mi", 0), Number(match, "s", 0));
        var half = match.Groups["half"].Value.ToLowerInvariant();
        if (half.Length > 0)
            hour = hour is >= 1 and <= 12 ? (hour % 12) + (half == "pm" ? 12 : 0) : double.NaN;
        if (!IsDay(year, month, day) || !IsClock(hour, minute, second, Fraction(match)))
            return double.NaN;
        var time = CivilTime.TimeOf(CivilTime.DayOf(year, month - 1, day), hour, minute, second, Fraction(match));
        var hasOffset = match.Groups["z"].Success;
        return hasOffset ? time - OffsetOf(match) : match.Groups["utc"].Success ? time : world.FromLocal(time);
    }

    private static bool IsDay(double year, double month, double day) =>
        month is >= 1 and <= 12 && day >= 1 && CivilTime.DayOf(year, month - 1, day) < CivilTime.DayOf(year, month, 1);

    private static bool IsClock(double hour, double minute, double second, double fraction) =>
        (hour <= 23 && minute <= 59 && second <= 59) || (hour == 24 && minute == 0 && second == 0 && fraction == 0);

    private static double Fraction(Match match) =>
        match.Groups["f"].Success ? Math.Floor(double.Parse("0." + match.Groups["f"].Value, CultureInfo.InvariantCulture) * 1000) : 0;

    private static double OffsetOf(Match match)
    {
        var digits = match.Groups["z"].Value.Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (int.Parse(digits.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(digits.AsSpan(3, 2), CultureInfo.InvariantCulture));
        if (hours > 23 || minutes > 59)
            return double.NaN;
        return ((hours * 60) + minutes) * 60_000.0 * (digits[0] == '-' ? -1 : 1);
    }

    private static double Number(Match match, string group, double without) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : without;

    private const string Clock = @"(?:[,T\s]+(?<h>\d{1,2}):(?<mi>\d\d)(?::(?<s>\d\d)(?:\.(?<f>\d{1,9}))?)?\s*(?<half>[AaPp][Mm])?)?"
        + @"\s*(?<utc>Z|GMT|UTC)?\s*(?<z>[+-]\d\d:?\d\d)?\s*(?:\([^)]*\))?$";

    private const string Weekday = @"^(?:(?:[Ss]un|[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at)[a-z]*,?\s+)?";

    private const string MonthName = @"(?<mn>(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]*)";

    [GeneratedRegex(@"^(?<y>\d{4}|[+-]\d{6})(?:-(?<mo>\d\d)(?:-(?<d>\d\d))?)?(?:T(?<h>\d\d):(?<mi>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?(?<z>Z|[+-]\d\d:\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(Weekday + MonthName + @"\.?\s+(?<d>\d{1,2}),?\s+(?<y>-?\d{1,6})" + Clock, RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(Weekday + @"(?<d>\d{1,2})[\s-]+" + MonthName + @"[\s,-]+(?<y>-?\d{1,6})" + Clock, RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<y>\d{4})[/-](?<mo>\d{1,2})[/-](?<d>\d{1,2})" + Clock, RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<mo>\d{1,2})/(?<d>\d{1,2})/(?<y>\d{4}|\d\d)" + Clock, RegexOptions.CultureInvariant)]
    private static partial Regex American();
}
