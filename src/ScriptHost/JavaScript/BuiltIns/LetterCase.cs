using System.Globalization;
using System.Text;
using Jint.Native;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Capital and small letters, those that change their number included.</summary>
internal static class LetterCase
{
    private static readonly Dictionary<char, string> Uppers = new (char Small, string Capitals)[]
    {
        ('ß', "SS"), ('ŉ', "ʼN"), ('ǰ', "J\u030C"), ('ΐ', "Ι\u0308\u0301"), ('ΰ', "Υ\u0308\u0301"), ('և', "ԵՒ"), ('ẖ', "H\u0331"), ('ẗ', "T\u0308"),
        ('ẘ', "W\u030A"), ('ẙ', "Y\u030A"), ('ẚ', "Aʾ"), ('ﬀ', "FF"), ('ﬁ', "FI"), ('ﬂ', "FL"), ('ﬃ', "FFI"), ('ﬄ', "FFL"), ('ﬅ', "ST"), ('ﬆ', "ST"),
        ('ı', "I"), ('ſ', "S"),
    }.ToDictionary(letter => letter.Small, letter => letter.Capitals);

    public static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u007F') || !text.Any(Uppers.ContainsKey))
            return upper;
        var spelled = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            _ = Uppers.TryGetValue(text[i], out var several) ? spelled.Append(several) : spelled.Append(upper[i]);
        return spelled.ToString();
    }

    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny('Σ', 'İ'))
            return lower;
        var spelled = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                'İ' => spelled.Append("i\u0307"),
                'Σ' when IsLastOfWord(text, i) => spelled.Append('ς'),
                _ => spelled.Append(lower[i]),
            };
        }

        return spelled.ToString();
    }

    private static bool IsLastOfWord(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsPassedOver(text[before]))
            before--;
        var after = at + 1;
        while (after < text.Length && IsPassedOver(text[after]))
            after++;
        return before >= 0 && char.IsLetter(text[before]) && (after >= text.Length || !char.IsLetter(text[after]));
    }

    private static bool IsPassedOver(char letter) =>
        letter is '\'' or '.' or ':' or '’' or '·'
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}

/// <summary>localeCompare: the order of an English dictionary.</summary>
internal static class TextOrder
{
    private static readonly CompareInfo English = CultureInfo.GetCultureInfo("en-US").CompareInfo;

    public static JsValue Compare(World world, string left, string right, JsValue options) =>
        Math.Sign(English.Compare(left.Normalize(), right.Normalize(), Options(world, options)));

    private static CompareOptions Options(World world, JsValue value)
    {
        if (!value.IsObject())
            return CompareOptions.None;
        var options = value.AsObject();
        var numeric = TypeConverter.ToBoolean(options.Get("numeric")) ? CompareOptions.NumericOrdering : CompareOptions.None;
        var sensitivity = options.Get("sensitivity").IsUndefined() ? "variant" : Js.Text(options.Get("sensitivity"));
        return numeric | sensitivity switch
        {
            "base" => CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace,
            "accent" => CompareOptions.IgnoreCase,
            "case" => CompareOptions.IgnoreNonSpace,
            "variant" => CompareOptions.None,
            _ => throw world.RangeError($"localeCompare knows the sensitivities base, accent, case and variant; it got \"{sensitivity}\""),
        };
    }
}
