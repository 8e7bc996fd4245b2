using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>Number formats the engine gets wrong.</summary>
internal static class Numerals
{
    /// <summary>The shortest digits that read back as the number, as the standard writes them.</summary>
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
            < 0 and >= -6 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ => sign + Scientific(digits, exponent),
        };
    }

    public static JsValue ToPrecision(Engine engine, JsValue self, JsValue[] arguments)
    {
        var number = TypeConverter.ToNumber(self);
        if (arguments.Length == 0 || arguments[0] == JsValue.Undefined || !double.IsFinite(number))
            return TypeConverter.ToString(number);
        var digits = TypeConverter.ToInteger(arguments[0]);
        if (digits is < 1 or > 100)
            throw new JavaScriptException(engine.RangeError, "toPrecision takes 1 to 100 digits");
        return Format(number, (int)digits);
    }

    private static string Format(double number, int digits)
    {
        if (number == 0)
            return digits == 1 ? "0" : "0." + new string('0', digits - 1);
        var scientific = Math.Abs(number).ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        var split = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var plain = scientific[..split].Replace(".", "", StringComparison.Ordinal);
        var sign = number < 0 ? "-" : "";
        if (exponent < -6 || exponent >= digits)
            return sign + Scientific(plain, exponent);
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{plain}";
        return exponent == digits - 1 ? sign + plain : $"{sign}{plain[..(exponent + 1)]}.{plain[(exponent + 1)..]}";
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
