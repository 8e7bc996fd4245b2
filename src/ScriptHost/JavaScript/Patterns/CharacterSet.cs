using System.Globalization;
using System.Text;

namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

/// <summary>A set of characters: ranges, classes of Unicode, and the same without case.</summary>
internal sealed class CharacterSet
{
    public const int Last = 0x10FFFF;

    private readonly List<(int From, int To)> _ranges = [];
    private readonly List<Func<int, bool>> _classes = [];
    private (int From, int To)[]? _sorted;
    private readonly bool[] _ascii = new bool[128];
    private Casing _casing;

    public bool Negated { get; init; }

    /// <summary>The only character of the set, or -1.</summary>
    public int Single => !Negated && _casing == Casing.Kept && _classes.Count == 0 && _ranges is [var only] && only.From == only.To ? only.From : -1;

    public static CharacterSet Of(int character) => new CharacterSet().Add(character, character);

    /// <summary>Every character but those that end a line.</summary>
    public static CharacterSet Dot(bool all)
    {
        var set = new CharacterSet { Negated = true };
        return all ? set : set.Add('\n', '\n').Add('\r', '\r').Add(0x2028, 0x2029);
    }

    public static CharacterSet Any() => Dot(all: true);

    public static CharacterSet Digits(bool negated) => new CharacterSet { Negated = negated }.Add('0', '9');

    public static CharacterSet Words(bool negated) => new CharacterSet { Negated = negated }.Add('0', '9').Add('A', 'Z').Add('a', 'z').Add('_', '_');

    public static CharacterSet Spaces(bool negated)
    {
        var set = new CharacterSet { Negated = negated };
        foreach (var space in BuiltIns.Js.Spaces)
            set.Add(space, space);
        return set;
    }

    public CharacterSet Add(int from, int to)
    {
        _ranges.Add((from, to));
        return this;
    }

    public CharacterSet Add(CharacterSet other)
    {
        if (other.Negated || other._classes.Count > 0)
            _classes.Add(other.Freeze(Casing.Kept).Contains);
        else
            _ranges.AddRange(other._ranges);
        return this;
    }

    public CharacterSet Add(Func<int, bool> @class)
    {
        _classes.Add(@class);
        return this;
    }

    /// <summary>Once all is added.</summary>
    public CharacterSet Freeze(Casing casing)
    {
        _casing = casing;
        _sorted = Merged();
        for (var character = 0; character < _ascii.Length; character++)
            _ascii[character] = Look(character);
        return this;
    }

    public bool Contains(int character) => character < 128 ? _ascii[character] : Look(character);

    private bool Look(int character) => Holds(character) != Negated;

    private bool Holds(int character)
    {
        if (Has(character))
            return true;
        if (_casing == Casing.Kept)
            return false;
        var same = Case.Canonical(character, _casing);
        return Has(same) || Case.Others(same, _casing).Any(Has);
    }

    private bool Has(int character)
    {
        var (low, high) = (0, _sorted!.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (character < _sorted[middle].From)
                high = middle - 1;
            else if (character > _sorted[middle].To)
                low = middle + 1;
            else
                return true;
        }

        foreach (var @class in _classes)
        {
            if (@class(character))
                return true;
        }

        return false;
    }

    private (int From, int To)[] Merged()
    {
        var merged = new List<(int From, int To)>();
        foreach (var range in _ranges.OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, range.To));
            else
                merged.Add(range);
        }

        return [.. merged];
    }
}

/// <summary>How letters are told apart: as they are, without case, or without case by the rules of the u flag.</summary>
internal enum Casing
{
    Kept,
    Ignored,
    Folded,
}

/// <summary>Letters without their case.</summary>
internal static class Case
{
    // Letters whose capital the simple tables do not lead to, but folding does.
    private static readonly Dictionary<int, int> Folds = new (int From, int To)[]
    {
        (0x17F, 's'), (0x212A, 'k'), (0x212B, 0xE5), (0x2126, 0x3C9), (0x1E9E, 0xDF), (0xB5, 0x3BC), (0x3C2, 0x3C3), (0x1E9B, 0x1E61),
        (0x3D0, 0x3B2), (0x3D1, 0x3B8), (0x3D5, 0x3C6), (0x3D6, 0x3C0), (0x3F0, 0x3BA), (0x3F1, 0x3C1), (0x3F5, 0x3B5), (0x1FBE, 0x3B9),
    }.ToDictionary(fold => fold.From, fold => fold.To);

    private static readonly ILookup<int, int> Unfolds = Folds.ToLookup(fold => fold.Value, fold => fold.Key);

    public static int Canonical(int character, Casing casing) => casing switch
    {
        Casing.Ignored => Upper(character),
        Casing.Folded => Folds.TryGetValue(character, out var folded) ? folded : Lower(Upper(character)),
        _ => character,
    };

    /// <summary>The other letters that are the same without case.</summary>
    public static IEnumerable<int> Others(int canonical, Casing casing)
    {
        foreach (var other in Unfolds[casing == Casing.Folded ? canonical : Lower(canonical)].Prepend(Lower(canonical)).Prepend(Upper(canonical)))
        {
            if (Canonical(other, casing) == canonical)
                yield return other;
        }
    }

    // Beyond ASCII nothing becomes ASCII: the long s is no S.
    private static int Upper(int character)
    {
        if (character < 128)
            return character is >= 'a' and <= 'z' ? character - 32 : character;
        if (Special(character) is { } special)
            return special;
        var upper = Rune.IsValid(character) ? Rune.ToUpperInvariant(new Rune(character)).Value : character;
        return upper < 128 ? character : upper;
    }

    private static int? Special(int character) => character switch
    {
        0xB5 => 0x39C,
        0x3C2 => 0x3A3,
        0x3D0 => 0x392,
        0x3D1 => 0x398,
        0x3D5 => 0x3A6,
        0x3D6 => 0x3A0,
        0x3F0 => 0x39A,
        0x3F1 => 0x3A1,
        0x3F5 => 0x395,
        0x1C5 or 0x1C6 => 0x1C4,
        0x1C8 or 0x1C9 => 0x1C7,
        0x1CB or 0x1CC => 0x1CA,
        0x1F2 or 0x1F3 => 0x1F1,
        _ => null,
    };

    private static int Lower(int character)
    {
        if (character < 128)
            return character is >= 'A' and <= 'Z' ? character + 32 : character;
        return Rune.IsValid(character) ? Rune.ToLowerInvariant(new Rune(character)).Value : character;
    }
}

/// <summary>What \p{…} knows: the general categories, and a few properties that follow from them.</summary>
internal static class UnicodeClass
{
    // In the order of .NET's categories.
    private static readonly string[] Categories = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn".Split(' ');

    private static readonly Dictionary<string, string> Names =
        ("L=Letter Lu=Uppercase_Letter Ll=Lowercase_Letter Lt=Titlecase_Letter Lm=Modifier_Letter Lo=Other_Letter M=Mark Mn=Nonspacing_Mark "
        + "Mc=Spacing_Mark Me=Enclosing_Mark N=Number Nd=Decimal_Number Nl=Letter_Number No=Other_Number P=Punctuation P=punct S=Symbol "
        + "Sm=Math_Symbol Sc=Currency_Symbol Sk=Modifier_Symbol So=Other_Symbol Z=Separator Zs=Space_Separator Zl=Line_Separator "
        + "Zp=Paragraph_Separator C=Other Cc=Control Cf=Format Co=Private_Use Cs=Surrogate Cn=Unassigned")
        .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[1], pair => pair[0], StringComparer.Ordinal);

    /// <summary>The class of that name, or null.</summary>
    public static Func<int, bool>? Find(string name)
    {
        foreach (var prefix in (string[])["General_Category=", "gc="])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                name = name[prefix.Length..];
        }

        name = Names.GetValueOrDefault(name, name);
        return name switch
        {
            "Any" => _ => true,
            "ASCII" => character => character < 128,
            "White_Space" => character => character is 0x85 || (character != 0xFEFF && character <= char.MaxValue && BuiltIns.Js.Spaces.Contains((char)character)),
            _ => ByCategory(name),
        };
    }

    private static Func<int, bool>? ByCategory(string name)
    {
        var wanted = Categories.Index().Where(category => category.Item == name || (name.Length == 1 && category.Item[0] == name[0]))
            .Select(category => (UnicodeCategory)category.Index).ToHashSet();
        return wanted.Count == 0 ? null : character => wanted.Contains(CharUnicodeInfo.GetUnicodeCategory(character));
    }
}
