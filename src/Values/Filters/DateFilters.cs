using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Values.Filters;

/// <summary>Moments: reading them, putting them into a zone, writing them, moving them.</summary>
internal static class DateFilters
{
    private const string Group = "dates";

    // 11 digits of seconds are the year 5138; what has more counts milliseconds.
    private const decimal SecondsLimit = 100_000_000_000m;

    // The year 9987: room for every offset and for the arithmetic behind it.
    private const decimal MillisecondsLimit = 253_000_000_000_000m;

    // The years 2000 to 2100 in seconds; in milliseconds they are a few weeks of 1970. Birthdays lie there too, so a run is never stopped by it.
    private const decimal FirstLikelySecond = 946_684_800m;
    private const decimal LastLikelySecond = 4_102_444_800m;

    public static IReadOnlyList<FilterDefinition> All { get; } =
    [
        new(Group, "from_unix", Kinds.Numeric, Kinds.Moment, "Reads seconds since 1970 as a moment.", new("{{ 1715095714 | from_unix }}", "", "2024-05-07T17:28:34+02:00"), FromUnix),
        new(Group, "from_unix_ms", Kinds.Numeric, Kinds.Moment, "Reads milliseconds since 1970 as a moment.", new("{{ 1715095714000 | from_unix_ms }}", "", "2024-05-07T17:28:34+02:00"), FromUnixMs),
        new(Group, "from_iso", Kinds.Temporal, Kinds.Moment, "Reads an ISO date or time as a moment; one without an offset is local time in the zone given, else in the recipe's.", new("{{ '2024-05-07T15:28:34Z' | from_iso }}", "", "2024-05-07T17:28:34+02:00"), FromIso)
        {
            Parameters = [new("zone", Kinds.Text, "Where a time without an offset is meant.", Optional: true)],
            Prepare = arguments => ZoneText.Prepare(arguments, 0),
        },
        new(Group, "parse_date", Kinds.Text, Kinds.Moment, "Reads a date written in any way as a moment, by a pattern.", new("{{ '07/05/2024' | parse_date('dd/MM/yyyy') | date('yyyy-MM-dd') }}", "", "2024-05-07"), ParseDate)
        {
            Parameters = [new("pattern", Kinds.Text, "How the date is written: dd/MM/yyyy HH:mm."), new("zone", Kinds.Text, "Where it is meant; the recipe's zone without it.", Optional: true)],
            Prepare = DatePatterns.PrepareReader,
        },
        new(Group, "to_unix", Kinds.Temporal, Kinds.Number, "Seconds since 1970, whole.", new("{{ '2024-05-07T15:28:34Z' | to_unix }}", "", "1715095714"), ToUnix),
        new(Group, "in_zone", Kinds.Temporal, Kinds.Moment, "The same moment as clocks show it in a zone.", new("{{ 1715095714 | from_unix | in_zone('Asia/Tokyo') }}", "", "2024-05-08T00:28:34+09:00"), InZone)
        {
            Parameters = [new("zone", Kinds.Text, "A name of the tz database: Europe/Paris.")],
            Prepare = arguments => ZoneText.Prepare(arguments, 0),
        },
        new(Group, "date", Kinds.Temporal, Kinds.Text, "Writes a moment by a pattern, month and day names in the language given, else in English.", new("{{ 1715095714 | from_unix | date('d MMMM yyyy HH:mm', 'fr') }}", "", "7 mai 2024 17:28"), Date)
        {
            Parameters = [new("pattern", Kinds.Text, "d MMM yyyy HH:mm; 'text' in quotes stays as it is."), new("language", Kinds.Text, "en, fr, de, …", Optional: true)],
            Prepare = DatePatterns.PrepareWriter,
        },
        new(Group, "add", Kinds.Temporal, Kinds.Moment, "A later moment; days and longer keep the local time over a clock change.", new("{{ 1715095714 | from_unix | add(90, 'minutes') }}", "", "2024-05-07T18:58:34+02:00"), Add)
        {
            Parameters = [new("amount", Kinds.Numeric, "How many."), new("unit", Kinds.Text, "seconds, minutes, hours, days, weeks, months or years.")],
        },
    ];

    private static FilterResult FromUnix(in FilterCall call)
    {
        if (!Inputs.TryNumber(call.Input, out var seconds))
        {
            return Inputs.NotANumber(call, call.Input);
        }

        if (Math.Abs(seconds) >= SecondsLimit)
        {
            return call.Problem($"takes seconds; it got {call.Input.ToText()}: these look like milliseconds: use from_unix_ms.");
        }

        return Since1970(seconds * 1000, call.Context.Zone);
    }

    private static FilterResult FromUnixMs(in FilterCall call)
    {
        if (!Inputs.TryNumber(call.Input, out var milliseconds))
        {
            return Inputs.NotANumber(call, call.Input);
        }

        if (Math.Abs(milliseconds) is >= FirstLikelySecond and < LastLikelySecond)
        {
            call.Context.Doubts?.Add(new Doubt(DoubtKind.Unit, $"'from_unix_ms' takes milliseconds; it got {call.Input.ToText()}: these look like seconds: use from_unix."));
        }

        return Math.Abs(milliseconds) < MillisecondsLimit
            ? Since1970(milliseconds, call.Context.Zone)
            : call.Problem($"takes milliseconds up to the year 9987; it got {call.Input.ToText()}. For microseconds write | divide(1000) | from_unix_ms.");
    }

    private static FilterResult FromIso(in FilterCall call)
    {
        if (call.Input.Kind == ValueKind.Moment)
        {
            return call.Input;
        }

        DateTimeZone? own = null;
        if (call.Argument(0) is not null && (own = call.Prepared<DateTimeZone>(out var problem)) is null)
        {
            return problem!;
        }

        var zone = own ?? call.Context.Zone;
        if (!IsoMoment.TryRead(call.Input.ToText(), zone, out var moment))
        {
            return IsoMoment.IsLocal(call.Input.ToText())
                ? Inputs.NotAMoment(call, call.Input)
                : call.Problem($"takes an ISO date such as 2024-05-07T17:28:34+02:00; it got {Messages.Show(call.Input)}. For another way of writing use parse_date('dd/MM/yyyy').");
        }

        if (zone is not null && LocalTimes.DoubtOf(call.Input.ToText(), zone) is { } doubt)
        {
            call.Context.Doubts?.Add(doubt);
        }

        return zone is null ? moment : Value.Moment(moment.Time.WithZone(zone));
    }

    private static FilterResult ParseDate(in FilterCall call)
    {
        if (call.Prepared<DatePatterns.Reader>(out var problem) is not { } reader)
        {
            return problem!;
        }

        if ((reader.Zone ?? call.Context.Zone) is not { } zone)
        {
            return call.Problem($"does not know in which zone {Messages.Show(call.Input)} is. Set 'zone:' in the recipe or Hub:Zone in the settings, or add it: parse_date('{reader.Pattern}', 'Europe/Paris').");
        }

        var read = reader.Local.Parse(call.Input.ToText().Trim());
        if (read.Success && LocalTimes.DoubtOf(read.Value, zone) is { } doubt)
        {
            call.Context.Doubts?.Add(doubt);
        }

        return read.Success
            ? Value.Moment(read.Value.InZoneLeniently(zone))
            : call.Problem($"cannot read {Messages.Show(call.Input)} as '{reader.Pattern}'. dd and MM are two digits, d and M one or two, yyyy four, HH:mm the time.");
    }

    private static FilterResult ToUnix(in FilterCall call)
    {
        if (Inputs.Moment(call.Input, call.Context.Zone) is not { } moment)
        {
            return Inputs.NotAMoment(call, call.Input);
        }

        return Value.Number(moment.Time.ToInstant().ToUnixTimeSeconds());
    }

    private static FilterResult InZone(in FilterCall call)
    {
        if (call.Prepared<DateTimeZone>(out var problem) is not { } zone)
        {
            return problem!;
        }

        // A local time has no zone of its own yet, so this is the one it is meant in.
        return Inputs.Moment(call.Input, call.Context.Zone ?? zone) is { } moment
            ? Value.Moment(moment.Time.WithZone(zone))
            : Inputs.NotAMoment(call, call.Input);
    }

    private static FilterResult Date(in FilterCall call)
    {
        if (call.Prepared<ZonedDateTimePattern>(out var problem) is not { } pattern)
        {
            return problem!;
        }

        if (Inputs.Moment(call.Input, call.Context.Zone) is not { } moment)
        {
            return Inputs.NotAMoment(call, call.Input);
        }

        return moment.ZoneChosen
            ? Value.Text(pattern.Format(moment.Time))
            : call.Problem($"does not know in which zone to show {moment.ToText()}. Put | in_zone('Europe/Paris') before it, or set 'zone:' in the recipe or Hub:Zone in the settings.");
    }

    private static FilterResult Add(in FilterCall call)
    {
        if (Inputs.Moment(call.Input, call.Context.Zone) is not { } moment)
        {
            return Inputs.NotAMoment(call, call.Input);
        }

        return MomentArithmetic.Move(call, moment, forward: true);
    }

    private static Value Since1970(decimal milliseconds, DateTimeZone? zone)
    {
        var ticks = (long)(milliseconds * NodaConstants.TicksPerMillisecond);
        var instant = Instant.FromUnixTimeTicks(ticks);
        return zone is null ? Value.Moment(instant) : Value.Moment(instant.InZone(zone));
    }
}
