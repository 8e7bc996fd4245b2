using System.Globalization;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>The abstract operations of the standard that the built-ins share.</summary>
internal static class Js
{
    /// <summary>How far whole numbers are exact.</summary>
    public const double MaxSafe = 9007199254740991;

    /// <summary>White space and line ends.</summary>
    public const string Spaces = "\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private const int KnownIndexes = 1024;

    private static readonly string[] Indexes = [.. Enumerable.Range(0, KnownIndexes).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    public static JsValue At(this JsValue[] arguments, int place) => place < arguments.Length ? arguments[place] : JsValue.Undefined;

    public static bool IsNothing(JsValue value) => value.IsUndefined() || value.IsNull();

    public static bool IsFunction(JsValue value) => value.IsObject() && value.AsObject() is FunctionInstance;

    public static string Text(JsValue value) => value.IsString() ? value.AsString() : value.IsNumber() ? Numerals.ToText(value.AsNumber()) : TypeConverter.ToString(value);

    public static double Number(JsValue value) => value.IsNumber() ? value.AsNumber() : TypeConverter.ToNumber(value);

    /// <summary>ToIntegerOrInfinity.</summary>
    public static double Integer(JsValue value)
    {
        var number = Number(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0;
    }

    /// <summary>ToInt32: modulo 2^32, and 0 for what is not finite.</summary>
    public static int Int32(JsValue value)
    {
        var number = Number(value);
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        if (!double.IsFinite(number))
            return 0;
        var modulo = Math.Truncate(number) % 4294967296.0;
        return unchecked((int)(uint)(modulo < 0 ? modulo + 4294967296.0 : modulo));
    }

    public static long Length(ObjectInstance list) => (long)Math.Clamp(Integer(list.Get("length")), 0, MaxSafe);

    public static string Index(long index) => (ulong)index < KnownIndexes ? Indexes[index] : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>A place counted from the start, or from the end where it is negative; held within 0 and the length.</summary>
    public static double Relative(JsValue value, double length, double without)
    {
        if (value.IsUndefined())
            return without;
        var place = Integer(value);
        return place < 0 ? Math.Max(length + place, 0) : Math.Min(place, length);
    }

    /// <summary>===</summary>
    public static bool AreStrictlyEqual(JsValue left, JsValue right)
    {
        if (left.Type != right.Type)
            return false;
        return left.Type switch
        {
            Types.Number => left.AsNumber() == right.AsNumber(),
            Types.String => string.Equals(left.AsString(), right.AsString(), StringComparison.Ordinal),
            Types.Boolean => left.AsBoolean() == right.AsBoolean(),
            Types.Object => ReferenceEquals(left.AsObject(), right.AsObject()),
            _ => true,
        };
    }

    /// <summary>Like ===, but NaN is NaN.</summary>
    public static bool AreSameOrZero(JsValue left, JsValue right) =>
        AreStrictlyEqual(left, right) || (left.IsNumber() && right.IsNumber() && double.IsNaN(left.AsNumber()) && double.IsNaN(right.AsNumber()));

    /// <summary>Object.is</summary>
    public static bool AreSame(JsValue left, JsValue right) =>
        left.IsNumber() && right.IsNumber() ? left.AsNumber().Equals(right.AsNumber()) && double.IsNegative(left.AsNumber()) == double.IsNegative(right.AsNumber()) | double.IsNaN(left.AsNumber()) : AreStrictlyEqual(left, right);

    /// <summary>The names of its own properties as the standard orders them: whole numbers first and by size, then the others as they came.</summary>
    public static List<string> OwnNames(ObjectInstance holder, bool enumerableOnly = true)
    {
        var names = new List<string>();
        var numbers = 0;
        foreach (var (name, property) in holder.GetOwnProperties())
        {
            // The engine lists the message of an error; the standard does not.
            if (enumerableOnly && (property.Enumerable != true || (name == "message" && holder.Class == "Error")))
                continue;
            if (IsIndex(name))
                names.Insert(numbers++, name);
            else
                names.Add(name);
        }

        if (numbers > 1)
            names.Sort(0, numbers, IndexOrder.Instance);
        return names;
    }

    /// <summary>A whole number below 2^32 - 1 in its usual form.</summary>
    public static bool IsIndex(string name) =>
        name.Length is > 0 and <= 10 && char.IsAsciiDigit(name[0]) && (name.Length == 1 || name[0] != '0')
        && ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < uint.MaxValue;

    /// <summary>A value as a message shows it.</summary>
    public static string Show(JsValue value) => value.Type switch
    {
        Types.String => $"the text \"{(value.AsString().Length <= 40 ? value.AsString() : value.AsString()[..40] + "…")}\"",
        Types.Object => value.AsObject() is FunctionInstance ? "a function" : value.IsArray() ? "a list" : "an object",
        _ => Text(value),
    };

    private sealed class IndexOrder : IComparer<string>
    {
        public static readonly IndexOrder Instance = new();

        public int Compare(string? x, string? y) => x!.Length != y!.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
    }
}
