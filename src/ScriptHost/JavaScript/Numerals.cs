using System.Globalization;
using System.Numerics;
using System.Text;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>Numbers as the standard writes them. What has a given number of digits is rounded from the exact value.</summary>
internal static class Numerals
{
    /// <summary>The shortest digits that read back as the number.</summary>
    public static string ToText(double number)
    {
        if (Math.Abs(number) < 1e15 && Math.Floor(number) == number)
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity";
        var (digits, exponent) = Shortest(Math.Abs(number));
        var sign = number < 0 ? "-" : "";
        return exponent switch
        {
            >= 0 and < 21 when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
            >= 0 and < 21 => $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
            < 0 and > -7 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ => sign + Scientific(digits, exponent),
        };
    }

    public static string ToFixed(double number, int places)
    {
        var digits = Scaled(Math.Abs(number), places).ToString(CultureInfo.InvariantCulture);
        // Below 0 is what the number is, not what it is rounded to: -0.4 becomes -0.
        var sign = number < 0 ? "-" : "";
        if (places == 0)
            return sign + digits;
        digits = digits.PadLeft(places + 1, '0');
        return $"{sign}{digits[..^places]}.{digits[^places..]}";
    }

    /// <param name="number">A finite number.</param>
    /// <param name="places">Behind the point; null for as many as it takes.</param>
    public static string ToExponential(double number, int? places)
    {
        var sign = number < 0 ? "-" : "";
        if (number == 0)
            return Scientific(new string('0', 1 + (places ?? 0)), 0);
        var (digits, exponent) = places is { } wanted ? Rounded(Math.Abs(number), wanted + 1) : Shortest(Math.Abs(number));
        return sign + Scientific(digits, exponent);
    }

    public static string ToPrecision(double number, int count)
    {
        if (number == 0)
            return count == 1 ? "0" : "0." + new string('0', count - 1);
        var (digits, exponent) = Rounded(Math.Abs(number), count);
        var sign = number < 0 ? "-" : "";
        if (exponent < -6 || exponent >= count)
            return sign + Scientific(digits, exponent);
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return exponent == count - 1 ? sign + digits : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>In another base: as many places as tell the number from its neighbours.</summary>
    public static string ToRadix(double number, int radix)
    {
        var value = Math.Abs(number);
        var whole = Math.Floor(value);
        var fraction = value - whole;
        var delta = Math.Max(double.Epsilon, 0.5 * (Math.BitIncrement(value) - value));
        var places = new List<int>();
        while (fraction >= delta)
        {
            fraction *= radix;
            delta *= radix;
            var digit = (int)fraction;
            places.Add(digit);
            fraction -= digit;
            if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1) == 1)) && fraction + delta > 1)
            {
                whole += RoundUp(places, radix);
                break;
            }
        }

        var text = new StringBuilder(number < 0 ? "-" : "").Append(WholeToRadix(new BigInteger(whole), radix));
        if (places.Count > 0)
            text.Append('.').Append([.. places.Select(Digit)]);
        return text.ToString();
    }

    // The last place becomes one more; 1 where that carries into the whole part.
    private static int RoundUp(List<int> places, int radix)
    {
        while (places.Count > 0)
        {
            var last = places[^1] + 1;
            places.RemoveAt(places.Count - 1);
            if (last < radix)
            {
                places.Add(last);
                return 0;
            }
        }

        return 1;
    }

    private static string WholeToRadix(BigInteger whole, int radix)
    {
        var digits = new StringBuilder();
        do
        {
            whole = BigInteger.DivRem(whole, radix, out var digit);
            digits.Insert(0, Digit((int)digit));
        }
        while (!whole.IsZero);
        return digits.ToString();
    }

    private static char Digit(int digit) => (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);

    /// <summary>The number times 10^places, rounded; a half is rounded up. Exact.</summary>
    private static BigInteger Scaled(double number, int places)
    {
        var (numerator, denominator) = Fraction(number);
        if (places >= 0)
            numerator *= BigInteger.Pow(10, places);
        else
            denominator *= BigInteger.Pow(10, -places);
        return ((numerator * 2) + denominator) / (denominator * 2);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        return exponent >= 0 ? (new BigInteger(mantissa) << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }

    private static (string Digits, int Exponent) Rounded(double number, int count)
    {
        var exponent = Shortest(number).Exponent;
        var digits = Scaled(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        // In enough digits, what is written 1e-7 turns out to be a little less.
        if (digits.Length < count)
            return (Scaled(number, count - exponent).ToString(CultureInfo.InvariantCulture), exponent - 1);
        // 9.99 in two digits is 10: one digit more, and the exponent with it.
        return digits.Length > count ? (digits[..count], exponent + 1) : (digits, exponent);
    }

    // "1.5E-7" is digits 15 and exponent -7; "0.00015" and "1234.5" are brought to the same form.
    private static (string Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = split < 0 ? 0 : int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = split < 0 ? text : text[..split];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits[leading..].TrimEnd('0'), exponent + whole - 1 - leading);
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length == 1 ? "" : "." + digits[1..];
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
    }
}
