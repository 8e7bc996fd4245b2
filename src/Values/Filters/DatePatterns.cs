using System.Text;
using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Values.Filters;

/// <summary>Date patterns as people write them, made into NodaTime's: what is written between the letters is what comes out.</summary>
internal static class DatePatterns
{
    private const int LongestPattern = 200;

    private const string Letters = "d dd day, ddd dddd weekday, M MM month, MMM MMMM its name, yyyy year, HH hour, h and tt for am/pm, mm minute, ss second, z zone; other text in quotes";

    private static readonly ZonedDateTime Template = new LocalDateTime(2000, 1, 1, 0, 0).InUtc();

    /// <summary>What parse_date works with.</summary>
    public sealed record Reader(string Pattern, LocalDateTimePattern Local, DateTimeZone? Zone);

    public static Preparation PrepareWriter(IReadOnlyList<Value?> arguments)
    {
        if (arguments[0] is not { } pattern || (arguments.Count > 1 && arguments[1] is null))
        {
            return default;
        }

        var language = arguments.Count > 1 ? arguments[1]!.ToText() : "";
        if (Languages.Find(language) is not { } culture)
        {
            return Preparation.Fail(Languages.Unknown(language));
        }

        return Compile(pattern.ToText(), text => ZonedDateTimePattern.Create(text, culture, null, null, Template));
    }

    public static Preparation PrepareReader(IReadOnlyList<Value?> arguments)
    {
        if (arguments[0] is not { } pattern || (arguments.Count > 1 && arguments[1] is null))
        {
            return default;
        }

        var text = pattern.ToText();
        var zone = ZoneText.Prepare(arguments, 1);
        if (zone.Problem is not null)
        {
            return zone;
        }

        if (!text.Contains('d') || !text.Contains('M') || (!text.Contains('y') && !text.Contains('u')))
        {
            return Preparation.Fail($"The pattern '{Messages.Cut(text)}' of 'parse_date' needs day, month and year, as in dd/MM/yyyy.");
        }

        return Compile(text, noda => new Reader(text, LocalDateTimePattern.CreateWithInvariantCulture(noda), zone.State as DateTimeZone));
    }

    private static Preparation Compile(string pattern, Func<string, object> compile)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            return Preparation.Fail($"A date pattern has 1 to {LongestPattern} letters; this one has {pattern.Length}. Letters: {Letters}.");
        }

        if (FindForeignLetters(pattern) is { } advice)
        {
            return Preparation.Fail($"The date pattern '{pattern}' has {advice}.");
        }

        try
        {
            return Preparation.Of(compile(ToNoda(pattern)));
        }
        catch (InvalidPatternException)
        {
            return Preparation.Fail($"'{pattern}' is not a date pattern. Letters: {Letters}.");
        }
    }

    // Letters that other tools use with another meaning. They would be refused anyway, but without the word to write instead.
    private static string? FindForeignLetters(string pattern)
    {
        foreach (var (letter, at) in Unquoted(pattern))
        {
            var advice = letter switch
            {
                'Y' => "YYYY (the year of the week in other tools): write yyyy",
                'D' => "DD (the day of the year in other tools): write dd",
                'E' => "E: for the weekday write ddd or dddd",
                'a' or 'A' => "a: for am/pm write tt",
                'S' => "S: for parts of a second write fff",
                'Z' or 'X' => $"{letter}: for the offset write o<+HH:mm>",
                'm' when IsAloneBetweenDateLetters(pattern, at) => "mm (minutes) inside a date: for the month write MM",
                _ => null,
            };
            if (advice is not null)
            {
                return advice;
            }
        }

        return null;
    }

    // dd/mm/yyyy: minutes between a day and a year are a slip.
    private static bool IsAloneBetweenDateLetters(string pattern, int at)
    {
        if (at == 0 || pattern[at - 1] is not ('/' or '-' or '.'))
        {
            return false;
        }

        var end = at;
        while (end < pattern.Length && pattern[end] == 'm')
        {
            end++;
        }

        return at >= 2 && pattern[at - 2] is 'd' or 'y' && (end == pattern.Length || pattern[end] == pattern[at - 1]);
    }

    private static string ToNoda(string pattern)
    {
        // NodaTime reads a single letter as the name of a standard pattern.
        var noda = new StringBuilder(pattern.Length == 1 ? "%" : "", pattern.Length + 8);
        var next = 0;
        foreach (var (letter, at) in Unquoted(pattern))
        {
            noda.Append(pattern, next, at - next);
            next = at + 1;

            // NodaTime would put the language's own separators in their place.
            _ = letter is '/' or ':' or 'T' ? noda.Append('\\').Append(letter) : noda.Append(letter);
        }

        return noda.Append(pattern, next, pattern.Length - next).ToString();
    }

    private static IEnumerable<(char Letter, int At)> Unquoted(string pattern)
    {
        var quote = '\0';
        var embedded = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (letter == '\\')
            {
                at++;
            }
            else if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter is '<' or '>')
            {
                embedded = letter == '<';
            }
            else if (!embedded)
            {
                yield return (letter, at);
            }
        }
    }
}
