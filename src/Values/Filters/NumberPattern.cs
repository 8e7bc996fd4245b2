using System.Buffers;

namespace ConnectorHub.Values.Filters;

/// <summary>Which of .NET's number patterns are let through: no letter, because a letter with digits asks for any amount of memory.</summary>
internal static class NumberPattern
{
    private const int LongestPattern = 40;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0#,.% -+€$£/()\u00A0\u202F");

    public static bool IsSafe(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            return false;
        }

        var quoted = false;
        foreach (var letter in pattern)
        {
            if (letter == '\'')
            {
                quoted = !quoted;
            }
            else if (!quoted && !Allowed.Contains(letter))
            {
                return false;
            }
        }

        return !quoted;
    }
}
