using System.Globalization;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>Reads the fields of a cron text and says where one cannot be read.</summary>
internal static class CronReader
{
    private const string FiveFields = "cron has five fields: minute hour day-of-month month day-of-week, such as 0 9 * * MON-FRI";

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly Kind[] Kinds =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, Months),
        new("day of the week", 0, 7, Days),
    ];

    public static (CronTimes? Times, CronProblem? Problem) Read(string text)
    {
        var words = Split(text);
        if (words.Count != Kinds.Length)
        {
            var hint = words.Count == Kinds.Length + 1 ? " There are no seconds." : "";
            var at = words.Count > Kinds.Length ? words[Kinds.Length].Offset : 0;
            return (null, new CronProblem(at, $"it has {words.Count} field{(words.Count == 1 ? "" : "s")}; {FiveFields}.{hint}"));
        }

        var fields = new CronField[Kinds.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var (field, problem) = Field(words[i], Kinds[i]);
            if (field is null)
            {
                return (null, problem);
            }

            fields[i] = field;
        }

        return (new CronTimes(fields), null);
    }

    private static List<Word> Split(string text)
    {
        var words = new List<Word>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var blank = i == text.Length || char.IsWhiteSpace(text[i]);
            if (blank && start >= 0)
            {
                words.Add(new Word(text[start..i], start));
                start = -1;
            }
            else if (!blank && start < 0)
            {
                start = i;
            }
        }

        return words;
    }

    private static (CronField? Field, CronProblem? Problem) Field(Word word, Kind kind)
    {
        var values = new SortedSet<int>();
        var offset = word.Offset;
        foreach (var part in word.Text.Split(','))
        {
            if (Part(part, kind, values) is { } wrong)
            {
                return (null, new CronProblem(offset, $"the {kind.Name} '{word.Text}' {wrong} Allowed: {kind.Allowed}."));
            }

            offset += part.Length + 1;
        }

        if (kind.Max == 7 && values.Remove(7))
        {
            values.Add(0);
        }

        return (new CronField(word.Text.ToUpperInvariant(), [.. values]), null);
    }

    /// <summary>Adds what one part of a list allows; what is wrong with it otherwise.</summary>
    private static string? Part(string part, Kind kind, SortedSet<int> values)
    {
        var pieces = part.Split('/');
        var step = 1;
        if (pieces.Length > 2 || (pieces.Length == 2 && (!Number(pieces[1], out step) || step < 1 || step > kind.Max)))
        {
            return $"has a step that cannot be read: '{part}'.";
        }

        if (!Range(pieces[0], pieces.Length == 2, kind, out var from, out var to))
        {
            return $"cannot be read at '{part}'.";
        }

        if (from > to)
        {
            return $"goes backwards at '{part}': write it as two parts, such as {kind.Show(from)}-{kind.Show(kind.Top)},{kind.Show(kind.Min)}-{kind.Show(to)}.";
        }

        for (var value = from; value <= to; value += step)
        {
            values.Add(value);
        }

        return null;
    }

    private static bool Range(string text, bool stepped, Kind kind, out int from, out int to)
    {
        (from, to) = (kind.Min, kind.Top);
        if (text == "*")
        {
            return true;
        }

        var ends = text.Split('-');
        if (ends.Length > 2 || !kind.Value(ends[0], out from))
        {
            return false;
        }

        // 5/15 is every 15th from the 5th on.
        to = stepped ? kind.Top : from;
        if (ends.Length == 1)
        {
            return true;
        }

        // SAT-SUN ends on the seventh day, not on the day before the first.
        var read = kind.Value(ends[1], out to);
        to = kind.Max == 7 && to == 0 && from > 0 ? 7 : to;
        return read;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private sealed record Word(string Text, int Offset);

    private sealed record Kind(string Name, int Min, int Max, string[] Names)
    {
        // Sunday is 0 and 7: counted once.
        public int Top => Max == 7 ? 6 : Max;

        public string Allowed =>
            $"{Min}-{Max}{(Names.Length > 0 ? $" or {Names[0]}-{Names[^1]}" : "")}, * for all, lists (1,5), ranges (1-5) and steps (*/{(Max > 12 ? 15 : 2)})";

        public bool Value(string text, out int value)
        {
            if (Number(text, out value))
            {
                return value >= Min && value <= Max;
            }

            var at = Array.FindIndex(Names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
            value = at + (Max == 7 ? 0 : 1);
            return at >= 0;
        }

        public string Show(int value) => Names.Length == 0 ? value.ToString(CultureInfo.InvariantCulture) : Names[Max == 7 ? value % 7 : value - 1];
    }
}
