using System.Text;
using Jint.Native;
using Jint.Native.String;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>String.* and the methods of text but those that search by a pattern.</summary>
internal static class TextMethods
{
    // What a text may grow to; the heap would end the host long before.
    private const int MaxLength = 16 * 1024 * 1024;

    private static readonly char[] SpaceLetters = Js.Spaces.ToCharArray();

    public static readonly Method[] Static =
    [
        new("fromCharCode", 1, (_, _, a) => string.Concat(a.Select(unit => (char)(ushort)Js.Int32(unit)))),
        new("fromCodePoint", 1, FromCodePoint),
        new("raw", 1, Raw),
    ];

    public static readonly Method[] Prototype =
    [
        new("at", 1, At),
        new("charAt", 1, (world, self, a) => Unit(world.ToText(self, "charAt"), a) is { } unit ? unit.ToString() : ""),
        new("charCodeAt", 1, (world, self, a) => Unit(world.ToText(self, "charCodeAt"), a) is { } unit ? unit : double.NaN),
        new("codePointAt", 1, CodePointAt),
        new("concat", 1, (world, self, a) => Checked(world, world.ToText(self, "concat") + string.Concat(a.Select(Js.Text)))),
        new("endsWith", 1, (world, self, a) => Ends(world, world.ToText(self, "endsWith"), a)),
        new("includes", 1, (world, self, a) => Place(world, self, a, "includes") >= 0),
        new("indexOf", 1, (world, self, a) => IndexOf(world.ToText(self, "indexOf"), Js.Text(a.At(0)), a.At(1))),
        new("lastIndexOf", 1, (world, self, a) => LastIndexOf(world.ToText(self, "lastIndexOf"), Js.Text(a.At(0)), Js.Number(a.At(1)))),
        new("localeCompare", 1, (world, self, a) => TextOrder.Compare(world, world.ToText(self, "localeCompare"), Js.Text(a.At(0)), a.At(2))),
        new("normalize", 0, Normalize),
        new("padEnd", 1, (world, self, a) => Pad(world, world.ToText(self, "padEnd"), a, atEnd: true)),
        new("padStart", 1, (world, self, a) => Pad(world, world.ToText(self, "padStart"), a, atEnd: false)),
        new("repeat", 1, Repeat),
        new("slice", 2, Slice),
        new("startsWith", 1, (world, self, a) => Starts(world, world.ToText(self, "startsWith"), a)),
        new("substr", 2, Substr),
        new("substring", 2, Substring),
        new("toLowerCase", 0, (world, self, _) => LetterCase.Lower(world.ToText(self, "toLowerCase"))),
        new("toLocaleLowerCase", 0, (world, self, _) => LetterCase.Lower(world.ToText(self, "toLocaleLowerCase"))),
        new("toUpperCase", 0, (world, self, _) => LetterCase.Upper(world.ToText(self, "toUpperCase"))),
        new("toLocaleUpperCase", 0, (world, self, _) => LetterCase.Upper(world.ToText(self, "toLocaleUpperCase"))),
        new("trim", 0, (world, self, _) => world.ToText(self, "trim").Trim(SpaceLetters)),
        new("trimEnd", 0, (world, self, _) => world.ToText(self, "trimEnd").TrimEnd(SpaceLetters)),
        new("trimRight", 0, (world, self, _) => world.ToText(self, "trimRight").TrimEnd(SpaceLetters)),
        new("trimStart", 0, (world, self, _) => world.ToText(self, "trimStart").TrimStart(SpaceLetters)),
        new("trimLeft", 0, (world, self, _) => world.ToText(self, "trimLeft").TrimStart(SpaceLetters)),
        new("isWellFormed", 0, (world, self, _) => string.Equals(world.ToText(self, "isWellFormed"), Formed(world.ToText(self, "isWellFormed")), StringComparison.Ordinal)),
        new("toWellFormed", 0, (world, self, _) => Formed(world.ToText(self, "toWellFormed"))),
        new("toString", 0, This),
        new("valueOf", 0, This),
        new(Walk.Iterator, 0, (world, self, _) => world.Walk(world.Iterate(world.ToText(self, "for…of"), "for…of"))),
    ];

    public static string Checked(World world, string text) => text.Length <= MaxLength ? text : throw TooLong(world);

    public static Exception TooLong(World world) => world.RangeError("the text would be too long");

    private static JsValue This(World world, JsValue self, JsValue[] a)
    {
        if (self.IsString())
            return self;
        return self.IsObject() && self.AsObject() is StringInstance text
            ? text.PrimitiveValue
            : throw world.TypeError($"toString of a text is called on {Js.Show(self)}");
    }

    private static JsValue FromCodePoint(World world, JsValue self, JsValue[] a)
    {
        var text = new StringBuilder();
        foreach (var value in a)
        {
            var point = Js.Number(value);
            if (!double.IsInteger(point) || point is < 0 or > 0x10FFFF)
                throw world.RangeError($"String.fromCodePoint: {Js.Text(value)} is not a character");
            if (point > 0xFFFF)
                text.Append(char.ConvertFromUtf32((int)point));
            else
                text.Append((char)point);
        }

        return text.ToString();
    }

    private static JsValue Raw(World world, JsValue self, JsValue[] a)
    {
        var parts = world.ToObject(world.ToObject(a.At(0), "String.raw").Get("raw"), "String.raw");
        var text = new StringBuilder();
        for (long i = 0, length = Js.Length(parts); i < length; i++)
        {
            text.Append(Js.Text(parts.Get(Js.Index(i))));
            if (i + 1 < length && i + 1 < a.Length)
                text.Append(Js.Text(a[i + 1]));
        }

        return text.ToString();
    }

    private static JsValue At(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "at");
        var place = Js.Integer(a.At(0));
        place = place < 0 ? place + text.Length : place;
        return place >= 0 && place < text.Length ? text[(int)place].ToString() : JsValue.Undefined;
    }

    private static char? Unit(string text, JsValue[] a)
    {
        var place = Js.Integer(a.At(0));
        return place >= 0 && place < text.Length ? text[(int)place] : null;
    }

    private static JsValue CodePointAt(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "codePointAt");
        var place = Js.Integer(a.At(0));
        if (place < 0 || place >= text.Length)
            return JsValue.Undefined;
        var at = (int)place;
        return at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
    }

    private static string Sought(World world, JsValue value, string method) =>
        value.IsRegExp() ? throw world.TypeError($"{method} takes a text, not a regular expression: use its test method") : Js.Text(value);

    private static int Place(World world, JsValue self, JsValue[] a, string method) =>
        (int)IndexOf(world.ToText(self, method), Sought(world, a.At(0), method), a.At(1));

    private static double IndexOf(string text, string sought, JsValue from) =>
        text.IndexOf(sought, (int)Math.Clamp(Js.Integer(from), 0, text.Length), StringComparison.Ordinal);

    private static double LastIndexOf(string text, string sought, double from)
    {
        var start = double.IsNaN(from) ? text.Length : (int)Math.Clamp(Math.Truncate(from), 0, text.Length);
        var last = Math.Min(start, text.Length - sought.Length);
        return last < 0 ? -1 : text.AsSpan(0, last + sought.Length).LastIndexOf(sought, StringComparison.Ordinal);
    }

    private static bool Starts(World world, string text, JsValue[] a)
    {
        var sought = Sought(world, a.At(0), "startsWith");
        var from = (int)Math.Clamp(Js.Integer(a.At(1)), 0, text.Length);
        return text.AsSpan(from).StartsWith(sought, StringComparison.Ordinal);
    }

    private static bool Ends(World world, string text, JsValue[] a)
    {
        var sought = Sought(world, a.At(0), "endsWith");
        var end = a.At(1).IsUndefined() ? text.Length : (int)Math.Clamp(Js.Integer(a.At(1)), 0, text.Length);
        return text.AsSpan(0, end).EndsWith(sought, StringComparison.Ordinal);
    }

    private static JsValue Normalize(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "normalize");
        var form = a.At(0).IsUndefined() ? "NFC" : Js.Text(a.At(0));
        var known = form switch
        {
            "NFC" => NormalizationForm.FormC,
            "NFD" => NormalizationForm.FormD,
            "NFKC" => NormalizationForm.FormKC,
            "NFKD" => NormalizationForm.FormKD,
            _ => throw world.RangeError($"normalize knows NFC, NFD, NFKC and NFKD; it got \"{form}\""),
        };
        // Halves of pairs stay as they are; .NET refuses them.
        return string.Equals(text, Formed(text), StringComparison.Ordinal) ? text.Normalize(known) : string.Concat(Runs(text).Select(run => char.IsSurrogate(run[0]) && run.Length == 1 ? run : run.Normalize(known)));
    }

    private static IEnumerable<string> Runs(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            if (i > start)
                yield return text[start..i];
            yield return text[i].ToString();
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }

    private static string Formed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static JsValue Pad(World world, string text, JsValue[] a, bool atEnd)
    {
        var length = Js.Integer(a.At(0));
        var filler = a.At(1).IsUndefined() ? " " : Js.Text(a.At(1));
        if (length <= text.Length || filler.Length == 0)
            return text;
        if (length > MaxLength)
            throw TooLong(world);
        var missing = (int)length - text.Length;
        var padding = Repeated(filler, missing);
        return atEnd ? text + padding : padding + text;
    }

    private static JsValue Repeat(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "repeat");
        var count = Js.Integer(a.At(0));
        if (count < 0 || double.IsInfinity(count))
            throw world.RangeError($"repeat cannot be done {Js.Text(a.At(0))} times");
        if (count * text.Length > MaxLength)
            throw TooLong(world);
        return text.Length == 0 ? "" : Repeated(text, (int)count * text.Length);
    }

    private static string Repeated(string text, int length) => string.Create(length, text, static (span, part) =>
    {
        for (var at = 0; at < span.Length; at += part.Length)
            part.AsSpan(0, Math.Min(part.Length, span.Length - at)).CopyTo(span[at..]);
    });

    private static JsValue Slice(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "slice");
        var (from, to) = ((int)Js.Relative(a.At(0), text.Length, 0), (int)Js.Relative(a.At(1), text.Length, text.Length));
        return from < to ? text[from..to] : "";
    }

    private static JsValue Substring(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "substring");
        var from = (int)Math.Clamp(Js.Integer(a.At(0)), 0, text.Length);
        var to = a.At(1).IsUndefined() ? text.Length : (int)Math.Clamp(Js.Integer(a.At(1)), 0, text.Length);
        return text[Math.Min(from, to)..Math.Max(from, to)];
    }

    private static JsValue Substr(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "substr");
        var from = (int)Js.Relative(a.At(0), text.Length, 0);
        var count = a.At(1).IsUndefined() ? text.Length - from : Math.Clamp(Js.Integer(a.At(1)), 0, text.Length - from);
        return text.Substring(from, (int)count);
    }
}
