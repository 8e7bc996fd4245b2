using System.Text.RegularExpressions;
using ConnectorHub.Values.Filters;

namespace ConnectorHub.Values;

/// <summary>Regular expressions as recipes may use them: their time grows with the text and with nothing else.</summary>
public static class PatternText
{
    private const int LongestPattern = 1000;

    /// <summary>Compiles a pattern; null with a reason where it is none or needs more than one pass over the text.</summary>
    public static Regex? Compile(string pattern, bool ignoreCase, out string reason)
    {
        reason = "";
        if (pattern.Length > LongestPattern)
        {
            reason = $"A regular expression has at most {LongestPattern} letters; this one has {pattern.Length}.";
            return null;
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options);
        }
        catch (RegexParseException broken)
        {
            reason = $"'{pattern}' is not a regular expression: {Reason(broken.Error)} at letter {broken.Offset + 1}.";
        }
        catch (NotSupportedException)
        {
            reason = $"'{pattern}' needs look-around, a back reference, an atomic group or very many repeats, which are not available here.";
        }

        return null;
    }

    internal static Preparation Prepare(IReadOnlyList<Value?> arguments)
    {
        if (arguments[0] is not { } pattern)
        {
            return default;
        }

        return Compile(pattern.ToText(), ignoreCase: false, out var reason) is { } compiled
            ? Preparation.Of(compiled)
            : Preparation.Fail($"{reason} Use a plain pattern, or a js: value.");
    }

    // RegexParseError's names are sentences without spaces: UnterminatedBracket.
    private static string Reason(RegexParseError error) =>
        string.Concat(error.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
