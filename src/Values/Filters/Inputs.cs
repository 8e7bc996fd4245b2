using NodaTime;

namespace ConnectorHub.Values.Filters;

/// <summary>Reads inputs in the form a filter needs: texts that are numbers as numbers, ISO texts as moments.</summary>
internal static class Inputs
{
    public static bool TryNumber(Value value, out decimal number)
    {
        if (value.Kind != ValueKind.Text)
        {
            return value.TryGetDecimal(out number);
        }

        number = 0;
        var text = value.ToText().Trim();
        return NumberText.IsNumber(text) && NumberText.TryDecimal(text, out number);
    }

    public static bool TryWhole(Value value, out int number)
    {
        number = 0;
        if (!TryNumber(value, out var wide) || wide != decimal.Truncate(wide) || wide is < int.MinValue or > int.MaxValue)
        {
            return false;
        }

        number = (int)wide;
        return true;
    }

    /// <summary>A moment, put into the zone of the recipe or the hub where none was chosen for it; null where it is none.</summary>
    public static MomentValue? Moment(Value value, DateTimeZone? zone)
    {
        var moment = value as MomentValue;
        if (moment is null && (value.Kind != ValueKind.Text || !IsoMoment.TryRead(value.ToText(), zone, out moment)))
        {
            return null;
        }

        return moment.ZoneChosen || zone is null ? moment : new MomentValue(moment.Time.WithZone(zone), zoneChosen: true);
    }

    public static FilterProblem NotANumber(in FilterCall call, Value value) =>
        call.Problem($"needs a number; it got {Messages.Show(value)}. A text that is a number, such as 12.5, is fine too.");

    public static FilterProblem NotAMoment(in FilterCall call, Value value)
    {
        if (value.Kind == ValueKind.Text && IsoMoment.IsLocal(value.ToText()))
        {
            return call.Problem(
                $"cannot tell in which zone {Messages.Show(value)} is. Set 'zone:' in the recipe or Hub:Zone in the settings, or write | from_iso('Europe/Paris').");
        }

        return call.Problem($"needs a moment; it got {Messages.Show(value)}. Make one first: | from_unix, | from_iso or | parse_date('dd/MM/yyyy').");
    }
}
