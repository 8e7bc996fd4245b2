using System.Globalization;

namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

internal sealed partial class PatternReader
{
    private PatternNode Escape()
    {
        if (_at + 1 >= _text.Length)
            throw new PatternException("it ends with a backslash");
        var letter = _text[_at + 1];
        switch (letter)
        {
            case 'b' or 'B':
                _at += 2;
                return new PatternNode.Boundary(letter == 'B');
            case 'k' when _flags.Unicode || _hasNames:
                _at += 2;
                return Named();
            case >= '1' and <= '9' when Reference() is { } number:
                return new PatternNode.Back(number);
        }

        _at++;
        return Set(ClassEscape() ?? CharacterSet.Of(CharacterEscape(inClass: false)));
    }

    private PatternNode.NamedBack Named()
    {
        if (!Takes('<'))
            throw new PatternException("behind \\k comes <name>");
        _asked.Add(Name());
        return new PatternNode.NamedBack(_asked[^1]);
    }

    // \10 is group 10 where there are ten.
    private int? Reference()
    {
        var start = _at++;
        var number = Digits() ?? 0;
        if (number <= _groups)
            return number;
        if (_flags.Unicode)
            throw new PatternException($"it has no group {number}");
        _at = start;
        return null;
    }

    // Behind the backslash.
    private CharacterSet? ClassEscape()
    {
        var letter = _text[_at];
        CharacterSet? set = letter switch
        {
            'd' or 'D' => CharacterSet.Digits(letter == 'D'),
            'w' or 'W' => Words(letter == 'W'),
            's' or 'S' => CharacterSet.Spaces(letter == 'S'),
            'p' or 'P' when _flags.Unicode => Property(),
            _ => null,
        };
        _at += set is null || letter is 'p' or 'P' ? 0 : 1;
        return set;
    }

    // With u and i the long s and the Kelvin sign are letters of words.
    private CharacterSet Words(bool negated) =>
        _casing == Casing.Folded ? CharacterSet.Words(negated).Add(0x17F, 0x17F).Add(0x212A, 0x212A) : CharacterSet.Words(negated);

    private CharacterSet Property()
    {
        var negated = _text[_at++] == 'P';
        var end = _text.IndexOf('}', _at);
        if (!Takes('{') || end < 0)
            throw new PatternException("behind \\p comes {a property}");
        var name = _text[_at..end];
        _at = end + 1;
        var property = UnicodeClass.Find(name)
            ?? throw new PatternException($"\\p{{{name}}} is not known here; there are the general categories, such as L, Lu, N, P, and Any, ASCII, White_Space");
        return new CharacterSet { Negated = negated }.Add(property);
    }

    // Behind the backslash.
    private int CharacterEscape(bool inClass)
    {
        var letter = _text[_at];
        switch (letter)
        {
            case 't' or 'n' or 'v' or 'f' or 'r':
                _at++;
                return letter switch { 't' => '\t', 'n' => '\n', 'v' => '\v', 'f' => '\f', _ => '\r' };
            case 'c':
                return Control(inClass);
            case '0' when _at + 1 >= _text.Length || !char.IsAsciiDigit(_text[_at + 1]):
                _at++;
                return 0;
            case >= '0' and <= '7' when !_flags.Unicode:
                return Octal();
            case 'x':
                _at++;
                return Hex(2) ?? Plain('x');
            case 'u':
                _at++;
                return UnicodeEscape() ?? Plain('u');
            default:
                return Identity();
        }
    }

    private int Identity()
    {
        if (_flags.Unicode && !"^$\\.*+?()[]{}|/-".Contains(_text[_at]))
            throw new PatternException($"\\{_text[_at]} means nothing with the u flag");
        if (_text[_at] == 'k' && _hasNames)
            throw new PatternException("behind \\k comes <name>");
        return Character();
    }

    private int Plain(char letter) => _flags.Unicode ? throw new PatternException($"\\{letter} is not finished") : letter;

    private int Control(bool inClass)
    {
        var isControl = _at + 1 < _text.Length
            && (char.IsAsciiLetter(_text[_at + 1]) || (inClass && !_flags.Unicode && (char.IsAsciiDigit(_text[_at + 1]) || _text[_at + 1] == '_')));
        if (isControl)
        {
            _at += 2;
            return _text[_at - 1] % 32;
        }

        // The backslash stands for itself then, and the c is read next.
        return _flags.Unicode ? throw new PatternException("\\c is not finished") : '\\';
    }

    private int Octal()
    {
        var value = 0;
        for (var count = 0; count < 3 && _at < _text.Length && _text[_at] is >= '0' and <= '7' && (value * 8) + _text[_at] - '0' <= 255; count++)
            value = (value * 8) + _text[_at++] - '0';
        return value;
    }

    private int? Hex(int count)
    {
        if (_at + count > _text.Length || !int.TryParse(_text.AsSpan(_at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return null;
        _at += count;
        return value;
    }

    private int? UnicodeEscape()
    {
        if (_flags.Unicode && Takes('{'))
        {
            var end = _text.IndexOf('}', _at);
            if (end < 0 || !int.TryParse(_text.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point is < 0 or > CharacterSet.Last)
                throw new PatternException("\\u{…} is not a character");
            _at = end + 1;
            return point;
        }

        if (Hex(4) is not { } unit)
            return null;
        var start = _at;
        if (_flags.Unicode && char.IsHighSurrogate((char)unit) && Takes("\\u") && Hex(4) is { } low && char.IsLowSurrogate((char)low))
            return char.ConvertToUtf32((char)unit, (char)low);
        _at = start;
        return unit;
    }

    private PatternNode.One Class()
    {
        _at++;
        var set = new CharacterSet { Negated = Takes('^') };
        while (!Takes(']'))
        {
            if (_at >= _text.Length)
                throw new PatternException("a class is not closed");
            var (from, fromSet) = Member();
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
                Range(set, from, fromSet);
            else if (fromSet is not null)
                set.Add(fromSet);
            else
                set.Add(from, from);
        }

        return Set(set);
    }

    private void Range(CharacterSet set, int from, CharacterSet? fromSet)
    {
        _at++;
        var (to, toSet) = Member();
        if (fromSet is null && toSet is null)
        {
            set.Add(from, from <= to ? to : throw new PatternException("a range in a class is out of order"));
            return;
        }

        // [\w-a] is what is in \w, a dash and an a.
        if (_flags.Unicode)
            throw new PatternException("a range in a class begins or ends with a set");
        set.Add('-', '-');
        _ = fromSet is null ? set.Add(from, from) : set.Add(fromSet);
        _ = toSet is null ? set.Add(to, to) : set.Add(toSet);
    }

    private (int Character, CharacterSet? Set) Member()
    {
        if (_text[_at] != '\\')
            return (Character(), null);
        if (++_at >= _text.Length)
            throw new PatternException("it ends with a backslash");
        if (Takes('b'))
            return ('\b', null);
        if (_flags.Unicode && Takes('-'))
            return ('-', null);
        return ClassEscape() is { } set ? (0, set) : (CharacterEscape(inClass: true), null);
    }
}
