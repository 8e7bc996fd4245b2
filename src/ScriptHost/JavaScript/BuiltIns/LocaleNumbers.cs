using System.Globalization;
using System.Numerics;
using Jint.Native;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Numbers for people, as en-US writes them. Other languages are hub.format's.</summary>
internal static class LocaleNumbers
{
    private static readonly string[] Known = ["style", "currency", "minimumFractionDigits", "maximumFractionDigits", "useGrouping"];

    private static readonly Dictionary<string, string> Currencies = new (string Code, string Symbol)[]
    {
        ("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥"), ("INR", "₹"), ("CNY", "CN¥"), ("KRW", "₩"), ("CAD", "CA$"), ("AUD", "A$"),
        ("BRL", "R$"), ("MXN", "MX$"), ("ILS", "₪"), ("NZD", "NZ$"),
    }.ToDictionary(currency => currency.Code, currency => currency.Symbol);

    /// <summary>Refuses every language but en-US.</summary>
    public static void RequireEnglish(World world, JsValue language, string method, string instead)
    {
        if (language.IsUndefined())
            return;
        var name = language.IsArray() ? Js.Text(language.AsObject().Get("0")) : Js.Text(language);
        if (name is not ("en-US" or "en" or "undefined"))
            throw world.RangeError($"{method} knows en-US only, not {name}. Write {instead}");
    }

    public static JsValue Format(World world, double number, JsValue[] a)
    {
        RequireEnglish(world, a.At(0), "toLocaleString", "hub.format(number, '#,##0.00', 'fr')");
        var options = a.At(1).IsObject() ? a[1].AsObject() : world.Object();
        if (Js.OwnNames(options).Find(name => !Known.Contains(name)) is { } unknown)
            throw world.RangeError($"toLocaleString knows the options {string.Join(", ", Known)}; it got {unknown}. Write hub.format(number, '#,##0.00')");
        var style = options.Get("style").IsUndefined() ? "decimal" : Js.Text(options.Get("style"));
        var (least, most) = style switch
        {
            "percent" => (0, 0),
            "currency" => Js.Text(options.Get("currency")) is "JPY" or "KRW" ? (0, 0) : (2, 2),
            "decimal" => (0, 3),
            _ => throw world.RangeError($"toLocaleString knows the styles decimal, percent and currency; it got {style}"),
        };
        if (double.IsNaN(number))
            return "NaN";
        (least, most) = Places(world, options, least, most);
        var text = Grouped(Rounded(Math.Abs(number), style == "percent" ? 2 : 0, most), least, !options.Get("useGrouping").Equals(JsValue.False));
        return (number < 0 || double.IsNegative(number) ? "-" : "") + (style == "currency" ? Symbol(world, options) : "") + text + (style == "percent" ? "%" : "");
    }

    private static (int Least, int Most) Places(World world, ObjectInstance options, int least, int most)
    {
        var (wantedLeast, wantedMost) = (Digits(world, options, "minimumFractionDigits"), Digits(world, options, "maximumFractionDigits"));
        var leastPlaces = wantedLeast ?? Math.Min(least, wantedMost ?? least);
        var mostPlaces = wantedMost ?? Math.Max(most, leastPlaces);
        return leastPlaces <= mostPlaces ? (leastPlaces, mostPlaces) : throw world.RangeError("minimumFractionDigits is more than maximumFractionDigits");
    }

    private static int? Digits(World world, ObjectInstance options, string name)
    {
        if (options.Get(name).IsUndefined())
            return null;
        var digits = Js.Number(options.Get(name));
        return digits is >= 0 and <= 20 ? (int)digits : throw world.RangeError($"{name} is 0 to 20");
    }

    private static string Symbol(World world, ObjectInstance options)
    {
        var currency = Js.Text(options.Get("currency")).ToUpperInvariant();
        return currency.Length == 3 && currency.All(char.IsAsciiLetter)
            ? Currencies.GetValueOrDefault(currency, currency + "\u00A0")
            : throw world.TypeError("the style currency needs a currency such as EUR");
    }

    // From the digits a person sees: 1.005 in two places is 1.01.
    private static string Rounded(double number, int shift, int places)
    {
        if (double.IsInfinity(number))
            return "∞";
        var parts = Numerals.ToExponential(number, null).Split('e');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var scale = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - digits.Length + 1 + shift + places;
        var whole = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        var scaled = scale >= 0 ? whole * BigInteger.Pow(10, scale)
            : ((whole * 2) + BigInteger.Pow(10, -scale)) / (2 * BigInteger.Pow(10, -scale));
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? text : $"{text[..^places]}.{text[^places..]}";
    }

    private static string Grouped(string text, int least, bool groups)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var places = point < 0 ? "" : text[(point + 1)..].TrimEnd('0');
        if (point >= 0)
            places = places.PadRight(least, '0');
        for (var at = whole.Length - 3; groups && at > 0; at -= 3)
            whole = whole.Insert(at, ",");
        return places.Length == 0 ? whole : $"{whole}.{places}";
    }
}
