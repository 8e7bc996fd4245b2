using System.Globalization;
using System.Numerics;

namespace ConnectorHub.Values;

/// <summary>Numbers as digits: exact as long as they can be, never an exception.</summary>
internal static class NumberText
{
    // Longer ones would let one number cost more than a whole event; they are compared as floating point.
    private const int MaxExactDigits = 400;

    public static string Write(decimal number)
    {
        // Dividing by one with all its places drops the zeros at the end: 2.50 becomes 2.5.
        var plain = number / 1.000000000000000000000000000000000m;
        return plain.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>True for a number as JSON writes it.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        var at = text.StartsWith('-') ? 1 : 0;
        var whole = Digits(text, at);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
        {
            return false;
        }

        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            var places = Digits(text, at + 1);
            if (places == 0)
            {
                return false;
            }

            at += places + 1;
        }

        return at == text.Length || IsExponent(text[at..]);
    }

    public static bool TryDecimal(ReadOnlySpan<char> digits, out decimal number) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Below zero, zero or above zero, as <c>CompareTo</c> says it. Both must be numbers.</summary>
    public static int Compare(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.Ordinal))
        {
            return 0;
        }

        if (TryDecimal(left, out var leftDecimal) && TryDecimal(right, out var rightDecimal))
        {
            return leftDecimal.CompareTo(rightDecimal);
        }

        if (TryWhole(left, out var leftWhole) && TryWhole(right, out var rightWhole))
        {
            return leftWhole.CompareTo(rightWhole);
        }

        return AsDouble(left).CompareTo(AsDouble(right));
    }

    /// <summary>The same for numbers that compare as equal, however they are written.</summary>
    public static int Hash(string digits) => AsDouble(digits).GetHashCode();

    private static bool TryWhole(string digits, out BigInteger number)
    {
        number = default;
        return digits.Length <= MaxExactDigits && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static double AsDouble(string digits) => double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        var at = text.Length > 1 && text[1] is '+' or '-' ? 2 : 1;
        var digits = Digits(text, at);
        return digits > 0 && at + digits == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        var at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - from;
    }
}
