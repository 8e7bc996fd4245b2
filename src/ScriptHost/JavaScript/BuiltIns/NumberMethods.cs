using System.Globalization;
using Jint.Native;
using Jint.Native.Number;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Number.*, the number formats, and Math.*</summary>
internal static class NumberMethods
{
    private const int MostDigits = 100;

    public static readonly Method[] Static =
    [
        new("isFinite", 1, (_, _, a) => a.At(0).IsNumber() && double.IsFinite(a.At(0).AsNumber())),
        new("isNaN", 1, (_, _, a) => a.At(0).IsNumber() && double.IsNaN(a.At(0).AsNumber())),
        new("isInteger", 1, (_, _, a) => IsInteger(a.At(0))),
        new("isSafeInteger", 1, (_, _, a) => IsInteger(a.At(0)) && Math.Abs(a.At(0).AsNumber()) <= Js.MaxSafe),
    ];

    public static readonly (string Name, double Value)[] Constants =
        [("EPSILON", Math.Pow(2, -52)), ("MAX_SAFE_INTEGER", Js.MaxSafe), ("MIN_SAFE_INTEGER", -Js.MaxSafe), ("MIN_VALUE", double.Epsilon), ("MAX_VALUE", double.MaxValue)];

    public static readonly Method[] Prototype =
    [
        new("toString", 1, ToText),
        new("toLocaleString", 0, (world, self, a) => LocaleNumbers.Format(world, This(world, self, "toLocaleString"), a)),
        new("toFixed", 1, ToFixed),
        new("toExponential", 1, ToExponential),
        new("toPrecision", 1, ToPrecision),
    ];

    public static readonly Method[] Global =
    [
        new("parseFloat", 1, (_, _, a) => NumberReading.Float(Js.Text(a.At(0)))),
        new("parseInt", 2, (_, _, a) => NumberReading.Whole(Js.Text(a.At(0)), Js.Int32(a.At(1)))),
    ];

    public static readonly Method[] Maths =
    [
        new("trunc", 1, (_, _, a) => Math.Truncate(Js.Number(a.At(0)))),
        new("sign", 1, (_, _, a) => Sign(Js.Number(a.At(0)))),
        new("cbrt", 1, (_, _, a) => CubeRoot(Js.Number(a.At(0)))),
        new("hypot", 2, (_, _, a) => Hypot([.. a.Select(Js.Number)])),
        new("log2", 1, (_, _, a) => Math.Log2(Js.Number(a.At(0)))),
        new("log10", 1, (_, _, a) => Math.Log10(Js.Number(a.At(0)))),
        new("log1p", 1, (_, _, a) => LogOnePlus(Js.Number(a.At(0)))),
        new("expm1", 1, (_, _, a) => ExpMinusOne(Js.Number(a.At(0)))),
        new("fround", 1, (_, _, a) => (double)(float)Js.Number(a.At(0))),
        new("imul", 2, (_, _, a) => unchecked(Js.Int32(a.At(0)) * Js.Int32(a.At(1)))),
        new("clz32", 1, (_, _, a) => System.Numerics.BitOperations.LeadingZeroCount((uint)Js.Int32(a.At(0)))),
        new("sinh", 1, (_, _, a) => Math.Sinh(Js.Number(a.At(0)))),
        new("cosh", 1, (_, _, a) => Math.Cosh(Js.Number(a.At(0)))),
        new("tanh", 1, (_, _, a) => Math.Tanh(Js.Number(a.At(0)))),
        new("asinh", 1, (_, _, a) => Math.Asinh(Js.Number(a.At(0)))),
        new("acosh", 1, (_, _, a) => Math.Acosh(Js.Number(a.At(0)))),
        new("atanh", 1, (_, _, a) => Math.Atanh(Js.Number(a.At(0)))),
        new("round", 1, (_, _, a) => Round(Js.Number(a.At(0)))),
        new("max", 2, (_, _, a) => a.Select(Js.Number).ToArray().Aggregate(double.NegativeInfinity, Math.Max)),
        new("min", 2, (_, _, a) => a.Select(Js.Number).ToArray().Aggregate(double.PositiveInfinity, Math.Min)),
        new("pow", 2, (_, _, a) => Power(Js.Number(a.At(0)), Js.Number(a.At(1)))),
        new("abs", 1, (_, _, a) => Math.Abs(Js.Number(a.At(0)))),
        new("floor", 1, (_, _, a) => Math.Floor(Js.Number(a.At(0)))),
        new("ceil", 1, (_, _, a) => Math.Ceiling(Js.Number(a.At(0)))),
        new("atan2", 2, (_, _, a) => Math.Atan2(Js.Number(a.At(0)), Js.Number(a.At(1)))),
    ];

    /// <summary>The number that a number or a Number object is.</summary>
    public static double This(World world, JsValue self, string method)
    {
        if (self.IsNumber())
            return self.AsNumber();
        return self.IsObject() && self.AsObject() is NumberInstance boxed
            ? boxed.PrimitiveValue.AsNumber()
            : throw world.TypeError($"{method} is called on {Js.Show(self)}, which is not a number");
    }

    private static bool IsInteger(JsValue value) => value.IsNumber() && double.IsInteger(value.AsNumber());

    private static double Sign(double number) => double.IsNaN(number) || number == 0 ? number : Math.Sign(number);

    private static double CubeRoot(double number)
    {
        var root = Math.Cbrt(number);
        var whole = Math.Round(root);
        return whole * whole * whole == number ? whole == 0 ? number : whole : root;
    }

    private static double Hypot(double[] numbers)
    {
        if (numbers.Any(double.IsInfinity))
            return double.PositiveInfinity;
        var largest = numbers.Select(Math.Abs).Aggregate(0.0, Math.Max);
        return largest == 0 || double.IsNaN(largest) ? largest : Math.Sqrt(numbers.Sum(number => number / largest * (number / largest))) * largest;
    }

    // Near 0 the sum would lose the number's digits.
    private static double LogOnePlus(double number)
    {
        var sum = 1 + number;
        if (Math.Abs(number) > 1e-4 || double.IsNaN(number))
            return Math.Log(sum);
        return number == 0 ? number : number - (number * number / 2) + (number * number * number / 3) - (number * number * number * number / 4);
    }

    private static double ExpMinusOne(double number) =>
        Math.Abs(number) > 1e-4 || double.IsNaN(number) ? Math.Exp(number) - 1
        : number == 0 ? number : number + (number * number / 2) + (number * number * number / 6) + (number * number * number * number / 24);

    private static double Round(double number)
    {
        if (!double.IsFinite(number) || double.IsInteger(number))
            return number;
        var floor = Math.Floor(number);
        var rounded = number - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && double.IsNegative(number) ? -0.0 : rounded;
    }

    /// <summary>Where it differs from .NET: 1 to the infinite or NaN is NaN.</summary>
    public static double Power(double number, double exponent) =>
        double.IsNaN(exponent) || (Math.Abs(number) == 1 && double.IsInfinity(exponent)) ? double.NaN : Math.Pow(number, exponent);

    private static JsValue ToText(World world, JsValue self, JsValue[] a)
    {
        var number = This(world, self, "toString");
        var radix = a.At(0).IsUndefined() ? 10 : Js.Integer(a.At(0));
        if (radix is < 2 or > 36)
            throw world.RangeError("toString takes a radix of 2 to 36");
        return radix == 10 || !double.IsFinite(number) ? Numerals.ToText(number) : Numerals.ToRadix(number, (int)radix);
    }

    private static int Digits(World world, JsValue value, int least, string method)
    {
        var digits = Js.Integer(value);
        return digits >= least && digits <= MostDigits ? (int)digits : throw world.RangeError($"{method} takes {least} to {MostDigits} digits");
    }

    private static JsValue ToFixed(World world, JsValue self, JsValue[] a)
    {
        var number = This(world, self, "toFixed");
        var digits = Digits(world, a.At(0), 0, "toFixed");
        return !double.IsFinite(number) || Math.Abs(number) >= 1e21 ? Numerals.ToText(number) : Numerals.ToFixed(number, digits);
    }

    private static JsValue ToExponential(World world, JsValue self, JsValue[] a)
    {
        var number = This(world, self, "toExponential");
        var asked = Js.Integer(a.At(0));
        if (!double.IsFinite(number))
            return Numerals.ToText(number);
        if (asked is < 0 or > MostDigits)
            throw world.RangeError($"toExponential takes 0 to {MostDigits} digits");
        return Numerals.ToExponential(number, a.At(0).IsUndefined() ? null : (int)asked);
    }

    private static JsValue ToPrecision(World world, JsValue self, JsValue[] a)
    {
        var number = This(world, self, "toPrecision");
        if (a.At(0).IsUndefined())
            return Numerals.ToText(number);
        return double.IsFinite(number)
            ? Numerals.ToPrecision(number, Digits(world, a.At(0), 1, "toPrecision"))
            : Numerals.ToText(number);
    }
}

/// <summary>parseInt, parseFloat and the text form of Number().</summary>
internal static class NumberReading
{
    /// <summary>Number(value): as the operators read a text, and 0b11 and 0o17 too.</summary>
    public static double Of(JsValue value)
    {
        var primitive = value.IsObject() ? TypeConverter.ToPrimitive(value, Types.Number) : value;
        if (!primitive.IsString())
            return Js.Number(primitive);
        var text = primitive.AsString().AsSpan().Trim(Js.Spaces);
        var radix = text.StartsWith("0b", StringComparison.OrdinalIgnoreCase) ? 2 : text.StartsWith("0o", StringComparison.OrdinalIgnoreCase) ? 8 : 0;
        if (radix == 0)
            return Js.Number(primitive);
        var digits = text[2..];
        foreach (var digit in digits)
        {
            if (Digit(digit) >= radix)
                return double.NaN;
        }

        return digits.Length == 0 ? double.NaN : Value(digits, radix);
    }

    public static double Float(string text)
    {
        var trimmed = text.TrimStart(Js.Spaces.ToCharArray());
        var at = trimmed.Length > 0 && trimmed[0] is '+' or '-' ? 1 : 0;
        if (trimmed.AsSpan(at).StartsWith("Infinity", StringComparison.Ordinal))
            return trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        var digits = at;
        while (at < trimmed.Length && char.IsAsciiDigit(trimmed[at]))
            at++;
        var count = at - digits;
        if (at < trimmed.Length && trimmed[at] == '.')
        {
            var point = ++at;
            while (at < trimmed.Length && char.IsAsciiDigit(trimmed[at]))
                at++;
            count += at - point;
        }

        return count == 0 ? double.NaN : double.Parse(trimmed.AsSpan(0, Exponent(trimmed, at)), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static int Exponent(string text, int at)
    {
        var end = at;
        if (end >= text.Length || text[end] is not ('e' or 'E'))
            return at;
        end += end + 1 < text.Length && text[end + 1] is '+' or '-' ? 2 : 1;
        var digits = end;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end > digits ? end : at;
    }

    public static double Whole(string text, int radix)
    {
        var digits = text.AsSpan().TrimStart(Js.Spaces);
        var negative = digits.Length > 0 && digits[0] == '-';
        if (digits.Length > 0 && digits[0] is '+' or '-')
            digits = digits[1..];
        if (radix is 0 or 16 && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[2..];
            radix = 16;
        }

        radix = radix == 0 ? 10 : radix;
        if (radix is < 2 or > 36)
            return double.NaN;
        var count = 0;
        while (count < digits.Length && Digit(digits[count]) < radix)
            count++;
        if (count == 0)
            return double.NaN;
        var value = radix == 10
            ? double.Parse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture)
            : Value(digits[..count], radix);
        return negative ? -value : value;
    }

    private static double Value(ReadOnlySpan<char> digits, int radix)
    {
        var exact = System.Numerics.BigInteger.Zero;
        foreach (var digit in digits.Length <= 400 ? digits : digits[..400])
            exact = (exact * radix) + Digit(digit);
        return digits.Length <= 400 ? (double)exact : double.PositiveInfinity;
    }

    private static int Digit(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 10,
        _ => 99,
    };
}
