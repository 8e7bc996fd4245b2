using NodaTime;

namespace ConnectorHub.Values.Filters;

/// <summary>Moves a moment by an amount of a unit, and tells how far two are apart.</summary>
internal static class MomentArithmetic
{
    private const string Units = "seconds, minutes, hours, days, weeks, months or years";

    private static readonly string[] UnitNames = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"];

    public static FilterResult Move(in FilterCall call, MomentValue moment, bool forward)
    {
        if (call.Argument(0) is not { } amount || !Inputs.TryNumber(amount, out var count))
        {
            return Inputs.NotANumber(call, call.Argument(0) ?? Value.Missing);
        }

        if (UnitOf(call.Argument(1)) is not { } unit)
        {
            return WrongUnit(call, call.Argument(1));
        }

        count = forward ? count : -count;
        if (SecondsIn(unit) is { } seconds)
        {
            return moment.Move(moment.Time.Plus(Duration.FromTicks(checked((long)(count * seconds * NodaConstants.TicksPerSecond)))));
        }

        if (count != decimal.Truncate(count) || Math.Abs(count) > 1_000_000)
        {
            return call.Problem($"takes a whole number of {unit} up to a million; it got {amount.ToText()}. For parts of them use hours or minutes.");
        }

        var local = moment.Time.LocalDateTime.Plus(PeriodOf(unit, (int)count));
        return moment.Move(local.InZoneLeniently(moment.Time.Zone));
    }

    public static FilterResult Between(in FilterCall call, MomentValue end, MomentValue start)
    {
        if (UnitOf(call.Argument(1)) is not { } unit || (SecondsIn(unit) ?? SecondsInCalendar(unit)) is not { } seconds)
        {
            return WrongUnit(call, call.Argument(1));
        }

        var span = end.Time.ToInstant() - start.Time.ToInstant();
        return Value.Number((decimal)span.TotalTicks / NodaConstants.TicksPerSecond / seconds);
    }

    private static FilterProblem WrongUnit(in FilterCall call, Value? found)
    {
        var name = found?.ToText() ?? "";
        var near = Nearest.Of(name, UnitNames) is { } unit ? $" Did you mean '{unit}'?" : "";
        return call.Problem($"needs a unit: {Units}; it got {Messages.Show(found ?? Value.Missing)}.{near}");
    }

    private static string? UnitOf(Value? value)
    {
        var name = (value?.ToText() ?? "").Trim();
        foreach (var unit in UnitNames)
        {
            if (string.Equals(name, unit, StringComparison.OrdinalIgnoreCase) || string.Equals(name, unit[..^1], StringComparison.OrdinalIgnoreCase))
            {
                return unit;
            }
        }

        return null;
    }

    private static int? SecondsIn(string unit) => unit switch
    {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3600,
        _ => null,
    };

    private static int? SecondsInCalendar(string unit) => unit switch
    {
        "days" => 86_400,
        "weeks" => 604_800,
        _ => null,
    };

    private static Period PeriodOf(string unit, int count) => unit switch
    {
        "days" => Period.FromDays(count),
        "weeks" => Period.FromWeeks(count),
        "months" => Period.FromMonths(count),
        _ => Period.FromYears(count),
    };
}
