using NodaTime;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>What is wrong with a cron text.</summary>
/// <param name="Offset">Where in the text, from 0.</param>
public sealed record CronProblem(int Offset, string Message);

/// <summary>
/// The five fields of cron: minute, hour, day of the month, month, day of the week. Where both kinds of day are given, a day that
/// fits either of them counts, as cron has it.
/// </summary>
public sealed class CronTimes : IEquatable<CronTimes>
{
    /// <summary>In days: 29 February may be eight years away, so what did not come in that time never does.</summary>
    internal const int LongestWait = (8 * 366) + 2;

    private readonly CronField[] _fields;

    internal CronTimes(CronField[] fields)
    {
        _fields = fields;
        Text = string.Join(' ', fields.Select(field => field.Text));
    }

    /// <summary>As it was written, one blank between two fields.</summary>
    public string Text { get; }

    /// <summary>True where the hour is <c>*</c>.</summary>
    public bool EveryHour => Hour.IsAny;

    /// <summary>True where both a day of the month and a day of the week are given: either of them is enough.</summary>
    public bool TwoKindsOfDay => !DayOfMonth.IsAny && !DayOfWeek.IsAny;

    internal CronField Minute => _fields[0];

    internal CronField Hour => _fields[1];

    internal CronField DayOfMonth => _fields[2];

    internal CronField Month => _fields[3];

    internal CronField DayOfWeek => _fields[4];

    /// <summary>Reads five fields; on a problem the times are null.</summary>
    public static (CronTimes? Times, CronProblem? Problem) Parse(string text) => CronReader.Read(text);

    /// <summary>True where it has firings on a day.</summary>
    public bool IsOn(LocalDate date)
    {
        if (!Month.Has(date.Month))
        {
            return false;
        }

        // Cron counts from Sunday, 0; NodaTime from Monday, 1, to Sunday, 7.
        var (month, week) = (DayOfMonth.Has(date.Day), DayOfWeek.Has((int)date.DayOfWeek % 7));
        return TwoKindsOfDay ? month || week : month && week;
    }

    /// <summary>The times of such a day, in order.</summary>
    public IEnumerable<LocalTime> OfDay() =>
        from hour in Hour.Values from minute in Minute.Values select new LocalTime(hour, minute);

    public bool Equals(CronTimes? other) => other is not null && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as CronTimes);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);
}

/// <summary>One field: the values it allows.</summary>
/// <param name="Values">In order.</param>
internal sealed record CronField(string Text, IReadOnlyList<int> Values)
{
    public bool IsAny => Text == "*";

    public bool Has(int value) => Values.Contains(value);
}
