using System.Globalization;

namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

/// <summary>Reads a regular expression as JavaScript means it; without the u flag also what older scripts write.</summary>
internal sealed partial class PatternReader
{
    private const int MaxDepth = 200;
    private const int MaxGroups = 1000;

    private readonly string _text;
    private readonly PatternFlags _flags;
    private readonly Casing _casing;
    private readonly int _groups;
    private readonly bool _hasNames;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private int _at;
    private int _depth;
    private int _opened;

    private PatternReader(string text, PatternFlags flags)
    {
        (_text, _flags) = (text, flags);
        _casing = !flags.IgnoreCase ? Casing.Kept : flags.Unicode ? Casing.Folded : Casing.Ignored;
        (_groups, _hasNames) = CountGroups(text);
    }

    /// <exception cref="PatternException">It is none.</exception>
    public static (PatternNode Tree, int Groups, IReadOnlyDictionary<string, int> Names) Read(string text, PatternFlags flags)
    {
        var reader = new PatternReader(text, flags);
        if (reader._groups > MaxGroups)
            throw new PatternException($"it has more than {MaxGroups} groups");
        var tree = reader.Choice();
        if (reader._at < text.Length)
            throw new PatternException("it closes a bracket that it did not open");
        return reader._asked.Find(name => !reader._names.ContainsKey(name)) is { } unknown
            ? throw new PatternException($"it has no group named {unknown}")
            : (tree, reader._groups, reader._names);
    }

    // Needed before reading: \3 is a group where there are three, else a character.
    private static (int Count, bool HasNames) CountGroups(string text)
    {
        var (count, names, inClass) = (0, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    var named = text.AsSpan(i).StartsWith("(?<") && i + 3 < text.Length && text[i + 3] is not ('=' or '!');
                    count += named || i + 1 >= text.Length || text[i + 1] != '?' ? 1 : 0;
                    names |= named;
                    break;
            }
        }

        return (count, names);
    }

    private bool Takes(char character)
    {
        if (_at >= _text.Length || _text[_at] != character)
            return false;
        _at++;
        return true;
    }

    private bool Takes(string word)
    {
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
            return false;
        _at += word.Length;
        return true;
    }

    private PatternNode Choice()
    {
        if (++_depth > MaxDepth)
            throw new PatternException("it is nested too deeply");
        var options = new List<PatternNode> { Sequence() };
        while (Takes('|'))
            options.Add(Sequence());
        _depth--;
        return options.Count == 1 ? options[0] : new PatternNode.Choice(options);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
            parts.Add(Term());
        return parts.Count switch
        {
            0 => new PatternNode.Empty(),
            1 => parts[0],
            _ => new PatternNode.Sequence(parts),
        };
    }

    private PatternNode Term()
    {
        var before = _opened;
        var part = Part();
        var repeatable = part is not (PatternNode.Start or PatternNode.End or PatternNode.Boundary)
            && part is not PatternNode.Look { Behind: true } && !(part is PatternNode.Look && _flags.Unicode);
        if (Bounds() is not { } bounds)
            return part;
        if (!repeatable)
            throw new PatternException("nothing to repeat");
        var greedy = !Takes('?');
        return new PatternNode.Repeat(part, bounds.Least, bounds.Most, greedy, before + 1, _opened + 1);
    }

    private (int Least, int Most)? Bounds()
    {
        if (Takes('*'))
            return (0, int.MaxValue);
        if (Takes('+'))
            return (1, int.MaxValue);
        if (Takes('?'))
            return (0, 1);
        return Braces();
    }

    private (int Least, int Most)? Braces()
    {
        var start = _at;
        if (Takes('{') && Digits() is { } least)
        {
            var most = least;
            if (Takes(','))
                most = Digits() ?? int.MaxValue;
            if (Takes('}'))
                return least <= most ? (least, most) : throw new PatternException("the numbers in {} are out of order");
        }

        if (_at > start && _flags.Unicode)
            throw new PatternException("a brace is not finished");
        _at = start;
        return null;
    }

    private int? Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        if (_at == start)
            return null;
        return int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    private PatternNode Part()
    {
        switch (_text[_at])
        {
            case '^':
                _at++;
                return new PatternNode.Start();
            case '$':
                _at++;
                return new PatternNode.End();
            case '.':
                _at++;
                return Set(CharacterSet.Dot(_flags.DotAll));
            case '(':
                return Group();
            case '[':
                return Class();
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw new PatternException("nothing to repeat");
            case '{' when _flags.Unicode || LooksLikeBounds():
                throw new PatternException("nothing to repeat");
            case ']' or '}' when _flags.Unicode:
                throw new PatternException("a bracket is closed that was not opened");
            default:
                return Set(CharacterSet.Of(Character()));
        }
    }

    private bool LooksLikeBounds()
    {
        var start = _at;
        var found = Braces() is not null;
        _at = start;
        return found;
    }

    private PatternNode.One Set(CharacterSet set) => new(set.Freeze(_casing));

    private int Character()
    {
        var isPair = _flags.Unicode && char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]);
        if (!isPair)
            return _text[_at++];
        _at += 2;
        return char.ConvertToUtf32(_text[_at - 2], _text[_at - 1]);
    }

    private PatternNode Group()
    {
        _at++;
        if (Takes("?:"))
            return Closed(Choice());
        if (Takes("?="))
            return Closed(new PatternNode.Look(Choice(), false, false));
        if (Takes("?!"))
            return Closed(new PatternNode.Look(Choice(), false, true));
        if (Takes("?<="))
            return Closed(new PatternNode.Look(Choice(), true, false));
        if (Takes("?<!"))
            return Closed(new PatternNode.Look(Choice(), true, true));
        var number = ++_opened;
        if (Takes("?<"))
        {
            var name = Name();
            if (!_names.TryAdd(name, number))
                throw new PatternException($"it has two groups named {name}");
        }
        else if (_at < _text.Length && _text[_at] == '?')
        {
            throw new PatternException("behind (? comes one of : = ! <= <! or <name>");
        }

        return Closed(new PatternNode.Group(Choice(), number));
    }

    private PatternNode Closed(PatternNode inner) => Takes(')') ? inner : throw new PatternException("a group is not closed");

    private string Name()
    {
        var end = _text.IndexOf('>', _at);
        var name = end < 0 ? "" : _text[_at..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$'))
            throw new PatternException("a group's name is not one");
        _at = end + 1;
        return name;
    }
}
